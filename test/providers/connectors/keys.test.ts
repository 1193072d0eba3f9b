import { describe, expect, test } from "vitest";
import { definitionsOf } from "../../../src/clients/live/connect/answers.ts";
import { transcript } from "../../replay/server.ts";
import { AIVEN_SOURCE, strangeKeys } from "./given.ts";

describe("the keys that kpipe knows are those of the plugin", () => {
  test("Aiven's source, as recorded", () => {
    const recorded = definitionsOf(transcript("connect/005-plugin-config-source").body);
    expect(recorded.length).toBeGreaterThan(40);
    expect(strangeKeys(AIVEN_SOURCE, recorded)).toEqual([]);
  });
});
