import fc from "fast-check";
import { expect, test } from "vitest";
import { parseRecording } from "../../../src/clients/recorded/parse.ts";
import { printRecording } from "../../../src/clients/recorded/print.ts";
import { KpipeError } from "../../../src/core/errors.ts";
import { expectCleanPrototype, mutated } from "../../builders/hostile.ts";
import { recording } from "./recordings.ts";

const good: unknown = JSON.parse(
  printRecording(
    recording({
      topics: {
        purchases: { partitions: [{ replicas: [1], latest: "12" }], config: { "retention.ms": "1000" } },
      },
    }),
  ),
);

test("whatever stands in a recording, it is read or refused at a place", () => {
  fc.assert(
    fc.property(mutated([good]), (value) => {
      const text = JSON.stringify(value, null, 2);
      try {
        const read = parseRecording(text, "prod.json");
        expect(parseRecording(printRecording(read), "prod.json")).toEqual(read);
      } catch (cause) {
        if (!(cause instanceof KpipeError)) throw cause;
        // What is wrong with all of it has no line, and names the file.
        for (const { position, message } of cause.diagnostics) {
          expect(position?.file ?? message).toContain("prod.json");
        }
      }
      expectCleanPrototype();
    }),
    { numRuns: 60 },
  );
});

test("half a recording is refused at a place", () => {
  const text = JSON.stringify(good);
  fc.assert(
    fc.property(fc.nat(text.length - 1), (length) => {
      expect(() => parseRecording(text.slice(0, length), "prod.json")).toThrow(KpipeError);
    }),
    { numRuns: 40 },
  );
});
