import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Pipeline } from "../../src/core/pipeline.ts";
import { head, lines, loaded } from "./loading.ts";

function overlaid(below: string, above: string) {
  return loaded({ "p.yaml": head + below, "p.dev.yaml": above }, { paths: ["p.yaml"], env: "dev" });
}

function specs(pipeline: Pipeline | undefined): unknown {
  return Object.fromEntries([...(pipeline?.desired ?? [])].map(([address, { spec }]) => [address, spec]));
}

const base = `defaults: { topic: { partitions: 3, config: { retention.ms: 1d } } }
topics: { a: { partitions: 1, config: { cleanup.policy: [compact, delete] } }, b: {} }
`;

describe("an overlay", () => {
  test.each([
    ["replaces a scalar", "topics: { a: { partitions: 6 } }", { a: { partitions: 6 } }],
    [
      "replaces a list",
      "topics: { a: { config: { cleanup.policy: [delete] } } }",
      { a: { config: { "cleanup.policy": "delete" } } },
    ],
    [
      "adds to a map",
      "topics: { b: { config: { segment.ms: 1h } } }",
      { b: { config: { "segment.ms": "3600000" } } },
    ],
    ["adds a resource", "topics: { c: { partitions: 9 } }", { c: { partitions: 9 } }],
    ["changes defaults", "defaults: { topic: { partitions: 12 } }", { b: { partitions: 12 } }],
    [
      "resets a topic config by null",
      "topics: { b: { config: { retention.ms: null } } }",
      { b: { config: { "retention.ms": null } } },
    ],
    [
      "removes a map by null",
      "topics: { a: { config: null } }",
      { a: { config: { "retention.ms": "86400000" } } },
    ],
  ])("%s", (_, above, expected) => {
    const { pipeline, diagnostics } = overlaid(base, above);
    expect(diagnostics).toEqual([]);
    const addressed = Object.fromEntries(
      Object.entries(expected).map(([name, spec]) => [`topic/${name}`, spec]),
    );
    expect(specs(pipeline)).toMatchObject(addressed);
  });

  test("removes a resource by null", () => {
    expect([...(overlaid(base, "topics: { a: null }").pipeline?.desired.keys() ?? [])]).toEqual(["topic/b"]);
    expect(overlaid(base, "topics:").pipeline?.desired.size).toBe(0);
  });

  test("removes a key by null where null is no value", () => {
    const below = "widgets: { a: { size: 1, label: ab, resets: { x: a } } }\n";
    const { pipeline } = overlaid(below, "widgets: { a: { label: null, resets: { x: null } } }");
    expect(specs(pipeline)).toEqual({ "widget/a": { size: 1, resets: { x: null } } });
  });

  test("may do nothing", () => {
    const { pipeline, diagnostics } = overlaid(base, "# nothing here differs\n");
    expect(diagnostics).toEqual([]);
    expect(specs(pipeline)).toEqual(specs(overlaid(base, "{}").pipeline));
  });

  test("shows a fault where it stands", () => {
    expect(lines(overlaid(base, "topics: { a: { partitions: six } }"))).toEqual([
      'p.dev.yaml:1:28 KP1102 [six] expected a whole number, got "six"',
    ]);
  });

  const topic = fc.record(
    {
      partitions: fc.integer({ min: 1, max: 99 }),
      config: fc.record(
        { "retention.ms": fc.nat(), "segment.ms": fc.integer({ min: 1, max: 999 }) },
        { requiredKeys: [] },
      ),
    },
    { requiredKeys: [] },
  );
  const topics = fc.dictionary(fc.constantFrom("a", "b", "c"), topic);

  test("with what is there already changes nothing", () => {
    fc.assert(
      fc.property(topics, (declared) => {
        const body = `topics: ${JSON.stringify(declared)}\n`;
        expect(specs(overlaid(body, body).pipeline)).toEqual(specs(overlaid(body, "{}").pipeline));
      }),
    );
  });

  test("gives what it says, and leaves what it doesn't say", () => {
    fc.assert(
      fc.property(topics, topics, (below, above) => {
        const result = overlaid(`topics: ${JSON.stringify(below)}\n`, `topics: ${JSON.stringify(above)}\n`);
        const expected = Object.fromEntries(
          [...new Set([...Object.keys(below), ...Object.keys(above)])].map((name) => {
            const { partitions, config } = { ...below[name], ...above[name] };
            const configs = { ...below[name]?.config, ...config };
            const texts = Object.entries(configs).map(([key, value]) => [key, String(value)]);
            const spec = {
              partitions: partitions ?? null,
              replicationFactor: null,
              config: Object.fromEntries(texts),
            };
            return [`topic/${name}`, spec];
          }),
        );
        expect(specs(result.pipeline)).toEqual(expected);
      }),
    );
  });
});

test("the order of files does not matter to what they declare", () => {
  const contents = {
    "a.yaml": `${head}topics: { a: {} }\n`,
    "b.yaml": "topics: { b: {} }\nclaim: { topics: ['*'] }\n",
  };
  const [forth, back] = [
    ["a.yaml", "b.yaml"],
    ["b.yaml", "a.yaml"],
  ].map((paths) => loaded(contents, { paths }));
  expect(specs(forth?.pipeline)).toEqual(specs(back?.pipeline));
  expect(forth?.pipeline?.claim).toEqual(back?.pipeline?.claim);
});
