import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { errorTable } from "../../src/core/error-table.ts";
import type { Pipeline } from "../../src/core/pipeline.ts";
import type { LoadRequest } from "../../src/schema/index.ts";
import { lines, loaded } from "./loading.ts";

/**
 * A case is a folder with the files of a pipeline and what becomes of it: `expected.txt`, the diagnostics, or
 * `expected.json`, the pipeline. `request.json` holds what isn't the default of a command line.
 */
const root = join(import.meta.dirname, "golden");
const cases = readdirSync(root).toSorted();
const seen = new Set<string>();

interface Given extends Partial<Omit<LoadRequest, "vars">> {
  readonly vars?: Readonly<Record<string, string>>;
}

describe("every case", () => {
  test.each(cases)("%s", async (name) => {
    const folder = join(root, name);
    const { vars = {}, ...request } = requestOf(folder);
    const result = loaded(contentsOf(folder), { ...request, vars: new Map(Object.entries(vars)) });
    for (const { code } of result.diagnostics) seen.add(code);
    const { pipeline } = result;
    if (pipeline) await expect(shown(pipeline)).toMatchFileSnapshot(join(folder, "expected.json"));
    else await expect(`${lines(result).join("\n")}\n`).toMatchFileSnapshot(join(folder, "expected.txt"));
  });

  test("together they show every fault that a file can have", () => {
    // Connectors, groups and ksqlDB are not among the kinds here: the tests of their decoding show KP121x, KP125x and KP127x.
    const ofFiles = Object.keys(errorTable).filter((code) => /^KP1(?!21|25|27)/.test(code));
    expect(ofFiles.filter((code) => !seen.has(code))).toEqual([]);
  });
});

function requestOf(folder: string): Given {
  const found = readdirSync(folder).includes("request.json");
  return found ? JSON.parse(readFileSync(join(folder, "request.json"), "utf8")) : {};
}

function contentsOf(folder: string): Record<string, Uint8Array> {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => !/^(expected|request)\./.test(name))
    .filter((name) => statSync(join(folder, name)).isFile());
  return Object.fromEntries(names.map((name) => [relative(".", name), readFileSync(join(folder, name))]));
}

function shown({ desired, removed, connections, ...pipeline }: Pipeline): string {
  const { connect, ...servers } = connections;
  return `${JSON.stringify(
    {
      ...pipeline,
      connections: { ...servers, ...(connect && { connect: Object.fromEntries(connect) }) },
      desired: [...desired.values()].map(({ address, spec, policy, position }) => ({
        address,
        at: `${position.file}:${position.line}:${position.column}`,
        spec,
        policy,
      })),
      removed: [...removed.keys()],
    },
    null,
    2,
  )}\n`;
}
