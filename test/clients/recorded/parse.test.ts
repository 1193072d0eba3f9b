import { describe, expect, test } from "vitest";
import { parseRecording } from "../../../src/clients/recorded/parse.ts";
import { printRecording } from "../../../src/clients/recorded/print.ts";
import { KpipeError } from "../../../src/core/errors.ts";
import { recording } from "./recordings.ts";

const good = printRecording(
  recording({ topics: { purchases: { partitions: [{ replicas: [1], latest: "12" }] } } }),
);

function refusalOf(text: string): string {
  try {
    parseRecording(text, "prod.json");
  } catch (error) {
    if (!(error instanceof KpipeError)) throw error;
    return error.diagnostics
      .map(({ code, message, position: at }) => `${code} ${message}${at ? ` ${at.line}:${at.column}` : ""}`)
      .join("\n");
  }
  return "accepted";
}

describe("a file that is not a recording that this kpipe reads", () => {
  test.each([
    ["empty", "", "KP6001 prod.json is empty 1:1"],
    ["cut off", good.slice(0, -4), "KP6001 prod.json is not valid JSON: cut off or edited by hand"],
    ["another document", '{"kind": "Pipeline"}', "KP6002 prod.json is not a recording of a cluster"],
    ["a list", "[]", "KP6002 prod.json is not a recording of a cluster"],
    [
      "newer",
      good.replace('"formatVersion": 1', '"formatVersion": 2'),
      "KP6003 prod.json has format 2, and this kpipe reads up to 1",
    ],
    ["without a part", good.replace('"clusterId"', '"id"'), "KP6001 kafka lacks clusterId 3:12"],
    [
      "with an unknown part",
      good.replace('"replicas"', '"inSink": [1], "replicas"'),
      "KP6001 kafka.topics.purchases.partitions.0.inSink is not a field of a recording 11:39",
    ],
    [
      "an offset as a number, which would lose digits",
      good.replace('"latest": "12"', '"latest": 12'),
      "KP6001 kafka.topics.purchases.partitions.0.latest must be string 11:23",
    ],
  ])("%s", (_, text, expected) => {
    expect(refusalOf(text)).toContain(expected);
  });
});

test("a broken file is located where it breaks", () => {
  expect(refusalOf(good.replace('"host"', "host"))).toMatch(/^KP6001 .* 5:9$/);
});
