import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Secret } from "../../src/core/secret.ts";
import type { Loaded, LoadRequest } from "../../src/schema/index.ts";
import { head, lines, loaded } from "./loading.ts";

const body = `${head}connections: { kafka: { brokers: ["\${env.NAME}"] } }\n`;

function broker({ pipeline }: Loaded): string | undefined {
  const [first] = pipeline?.connections.kafka?.brokers ?? [];
  return first instanceof Secret ? (first.reveal() ?? "(unresolved)") : first;
}

function load(request: Partial<LoadRequest>, files: Record<string, string> = {}): Loaded {
  return loaded({ "pipeline.yaml": body, ...files }, request);
}

describe("${env.NAME}", () => {
  const file = { "run/name": "from a file\n", "dev.env": "NAME=from --env-file" };
  const cases: readonly (readonly [title: string, request: Partial<LoadRequest>, value: string])[] = [
    ["is the variable", { environment: { NAME: "set" } }, "set"],
    ["may be empty", { environment: { NAME: "" } }, ""],
    [
      "is the content of NAME_FILE without the last line end",
      { environment: { NAME_FILE: "run/name" } },
      "from a file",
    ],
    ["is the variable rather than the file", { environment: { NAME: "set", NAME_FILE: "run/name" } }, "set"],
    ["may come from --env-file", { envFile: "dev.env" }, "from --env-file"],
    [
      "is the environment's rather than --env-file's",
      { envFile: "dev.env", environment: { NAME: "set" } },
      "set",
    ],
    [
      "is unset where the environment has it undefined",
      { envFile: "dev.env", environment: { NAME: undefined } },
      "from --env-file",
    ],
    ["has no value offline if unset", { mode: "offline" }, "(unresolved)"],
    ["has its value offline if set", { mode: "offline", environment: { NAME: "set" } }, "set"],
  ];
  test.each(cases)("%s", (_, request, value) => expect(broker(load(request, file))).toBe(value));

  test("is no key of every object", () => {
    const contents = { "pipeline.yaml": body.replace("NAME", "constructor") };
    expect(lines(loaded(contents))[0]).toContain("constructor is not set");
  });

  test("of a file that can't be read is an error offline too", () => {
    expect(lines(load({ mode: "offline", environment: { NAME_FILE: "gone" } }))[0]).toContain(
      "gone does not exist",
    );
  });
});

test("no secret shows in anything that loading gives", () => {
  const secret = "hunter2";
  const places = fc.constantFrom(
    "connections: { kafka: { brokers: [${env.P}], sasl: { mechanism: ${env.P}, username: u, password: ${env.P} } } }",
    "connections: { connect: { url: ${env.P}, auth: { token: ${env.P} } } }",
    "widgets: { a: { size: ${env.P}, code: ${env.P}, type: ${env.P}, label: ${env.P}, tags: [${env.P}, ${env.P}] } }",
    "widgets: { a: { config: { x: 'a ${env.P} b' }, shape: { form: ${env.P} }, file: ${env.P} } }",
    "topics: { a: { partitions: ${env.P}, config: { retention.ms: ${env.P} } } }",
    "claim: { topics: [${env.P}] }",
    "removed: [${env.P}]",
    "noteFiles: [${env.P}]",
    "metadata2: ${env.P}",
    "topics: { ${env.P}: {} }",
  );
  fc.assert(
    fc.property(fc.uniqueArray(places, { minLength: 1, maxLength: 4 }), (parts) => {
      const quoted = parts.map((part) => part.replaceAll(/(?<!')\$\{env\.P\}/g, '"${env.P}"'));
      const result = loaded(
        { "pipeline.yaml": `${head}${quoted.join("\n")}\n` },
        { environment: { P: secret } },
      );
      const shown = [JSON.stringify(result), inspect(result, { depth: 20 }), ...lines(result)].join("\n");
      expect(shown).not.toContain(secret);
    }),
    { numRuns: 100 },
  );
});
