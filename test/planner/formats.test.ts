import { expect, test } from "vitest";
import type { Kind, TopicFormat, ValueFormat } from "../../src/core/kind.ts";
import type { Address } from "../../src/core/model.ts";
import { formatConflicts } from "../../src/planner/formats.ts";
import { lineageOf } from "../../src/planner/graph.ts";
import { thingKind, world } from "../builders/thing.ts";

/** Things whose names say what they do: `writes-json`, `reads-avro`, each of topic/a. */
const kinds: ReadonlyMap<string, Kind> = new Map([
  [
    "thing",
    {
      ...thingKind,
      links(spec, name, of) {
        const [use, ...format] = name.split("-");
        const topicFormat: TopicFormat = {
          topic: "topic/a",
          use: use === "writes" ? "writes" : "reads",
          format: format.join("-") as ValueFormat,
          path: ["config", "converter"],
          settings: use === "writes" ? { json: "`schemas: false`" } : { "json-envelope": "`schemas: true`" },
        };
        return { ...thingKind.links(spec as never, name, of), formats: [topicFormat] };
      },
    } satisfies Kind,
  ],
]);

function conflicts(...names: readonly string[]) {
  const given = world(Object.fromEntries(names.map((it) => [it, {}])), {});
  return formatConflicts(given, lineageOf(given, kinds));
}

test.each([
  [["writes-json", "reads-json"], []],
  [["writes-avro", "reads-bytes"], []],
  [["reads-json"], []],
  [
    ["writes-json-envelope", "reads-json"],
    [
      [
        "thing/reads-json",
        "thing/writes-json-envelope writes topic/a as JSON in {schema, payload} envelopes, and thing/reads-json reads plain JSON",
        "Set `schemas: false` at thing/writes-json-envelope, or set `schemas: true` at thing/reads-json.",
      ],
    ],
  ],
  [
    ["writes-json", "reads-avro"],
    [
      [
        "thing/reads-avro",
        "thing/writes-json writes topic/a as plain JSON, and thing/reads-avro reads Avro",
        "Change the converter of one side.",
      ],
    ],
  ],
] satisfies readonly [readonly string[], readonly (readonly [Address, string, string])[]][])(
  "%j",
  (names, expected) => {
    expect(conflicts(...names).map(({ address, message, next }) => [address, message, next])).toEqual(
      expected,
    );
  },
);

test("each reader is told apart", () => {
  expect(conflicts("writes-json-envelope", "reads-json", "reads-avro")).toHaveLength(2);
});
