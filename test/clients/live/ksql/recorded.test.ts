import { existsSync, readdirSync } from "node:fs";
import { afterEach, expect, test } from "vitest";
import type { KsqlOutcome } from "../../../../src/clients/ksql.ts";
import { subjectOf } from "../../../../src/clients/live/ksql/subject.ts";
import { withoutComments } from "../../../../src/ksql/syntax/index.ts";
import { type Exchange, transcript } from "../../../replay/server.ts";
import { against, closeAll, currentStatus, executed, ksql, missing, statusIs } from "./given.ts";

afterEach(closeAll);

const folder = new URL("../../../replay/transcripts/ksql/", import.meta.url);
const CHANGES =
  /^\s*(?:--.*\n\s*|\/\*.*?\*\/\s*)*(?:CREATE|DROP|ALTER|INSERT|TERMINATE|PAUSE|RESUME|SET|UNSET)\b/s;

/** Every recorded request of one statement that changes something. */
const recordings = readdirSync(folder)
  .map((file) => file.replace(/\.json$/, ""))
  .map((name) => [name, transcript(`ksql/${name}`)] as const)
  .filter(([, { ksql: text }]) => typeof text === "string" && CHANGES.test(text))
  .filter(([, { ksql: text }]) => !/;\s*DROP STREAM KPIPE_CHECK/.test(String(text)));

test("each recorded statement comes to what the server said, in its own words and without noise", async () => {
  const lines: string[] = [];
  for (const [name, recorded] of recordings) {
    const statement = String(recorded.ksql).replaceAll(/\s+/g, " ");
    lines.push(`${name}  ${statement}`, `    ${await cameTo(recorded, statusAfter(name))}`);
  }
  await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot("golden/outcomes.txt");
});

/** What the server said when it was asked about the command later, where it was. */
function statusAfter(name: string): readonly Exchange[] {
  return existsSync(new URL(`${name}-status.json`, folder)) ? [transcript(`ksql/${name}-status`)] : [];
}

async function cameTo(given: Exchange, statuses: readonly Exchange[]): Promise<string> {
  const text = String(given.ksql);
  const recorded = { ...given, ksql: withoutComments(text) };
  const { port } = await against([
    ksql(/^DESCRIBE /, missing, 400),
    ksql("LIST QUERIES;", [{ queries: [] }]),
    ksql("LIST TYPES;", [{ types: {} }]),
    recorded,
    // What is polled or sent again succeeds.
    { ...recorded, status: 200, body: currentStatus("x", "SUCCESS", "taken the second time") },
    ...(statuses.some(({ body }) => JSON.stringify(body).includes("SUCCESS"))
      ? statuses
      : [...statuses, statusIs(subjectOf(text)?.commandId ?? "", "SUCCESS", "done after a while")]),
  ]);
  const { outcome, waits } = await executed(port, text);
  await closeAll();
  return [...waits.map((it) => `(${it}) `), inWords(outcome)].join("");
}

function inWords(outcome: KsqlOutcome): string {
  if (outcome.ok) {
    const query = outcome.queryId === undefined ? "" : `, query ${outcome.queryId}`;
    const warnings = outcome.warnings.map((it) => `, warning: ${it}`).join("");
    return `done: ${outcome.message}${query}${warnings}`;
  }
  const { code, line, column, message } = outcome.refusal;
  const place = line === undefined ? "" : ` at ${line}:${column}`;
  return `refused ${code}${place}: ${message}`;
}
