import { expect, test } from "vitest";
import { sameValue } from "../../../../src/clients/live/kafka/same-value.ts";

test.each<[string, string | null | undefined, boolean]>([
  ["1000", "1000", true],
  ["1000", "1001", false],
  ["1000", undefined, false],
  ["secret", null, true],
  ["TRUE", "true", true],
  [" 0010 ", "10", true],
  ["+5", "5", true],
  ["9223372036854775807", "9223372036854775806", false],
  ["0.50", "0.5", true],
  ["1", "1.0", true],
  [".5", "0.5", true],
  ["1e-7", "1.0E-7", true],
  ["0.5", "0.05", false],
  ["compact, delete", "compact,delete", true],
  ["compact,compact", "compact", true],
  ["compact,delete", "delete,compact", false],
  ["Gzip", "gzip", false],
  ["", "", true],
])("%j may be told as %j: %s", (asked, told, same) => {
  expect(sameValue(asked, told)).toBe(same);
});
