import { expect, test } from "vitest";
import { isMissing, MISSING, questionAbout, sightOf } from "../../../../src/clients/live/ksql/look.ts";
import { errorOf } from "../../../../src/clients/live/ksql/refusal.ts";
import type { Subject } from "../../../../src/clients/live/ksql/subject.ts";
import { transcript } from "../../../replay/server.ts";

const subject = (kind: Subject["kind"], name: string): Subject => ({ kind, name, commandId: "" });
const sink = subject("source", "PURCHASES_HIGH_VALUE");
const query = subject("query", "CSAS_PURCHASES_HIGH_VALUE_17");
const seen = (it: Subject, name: string) => sightOf(it, transcript(`ksql/${name}`).body);

test.each([
  ["a replaced query", sink, "042-describe-csas-extended", "053-describe-after-filter"],
  [
    "a statement that is replaced by its like",
    sink,
    "042-describe-csas-extended",
    "051-describe-after-identical-replace",
  ],
  ["an altered stream", subject("source", "PURCHASES"), "034-describe", "083-describe-after-alter"],
  ["a paused query", query, "112-list-queries-after-terminate", "108-list-queries-paused"],
  ["a created type", subject("type", "ADDRESS"), "016-list-types-empty", "181-list-types"],
])("%s looks otherwise than before", (_, it, before, after) => {
  expect(seen(it, after)).not.toBe(seen(it, before));
  expect(seen(it, after)).toBe(seen(it, after));
});

test("a query that writes into a stream is seen there", () => {
  expect(seen(subject("source", "HV2"), "173-describe-multi-writers")).toContain('["MY_INSERT",');
});

test("what isn't there is missing", () => {
  const refused = errorOf({
    ...transcript("ksql/216-describe-unknown"),
    text: "",
    json: transcript("ksql/216-describe-unknown").body,
  });
  expect(refused && isMissing(subject("source", "NOSUCH"), refused)).toBe(true);
  expect(seen(query, "112-list-queries-after-terminate")).toBe(MISSING);
  expect(seen(subject("type", "ADDRESS"), "016-list-types-empty")).toBe(MISSING);
});

test("names are asked for as they are", () => {
  expect(questionAbout(subject("source", "camelCase"))).toBe("DESCRIBE `camelCase`;");
});
