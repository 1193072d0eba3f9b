import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatDuration, formatSize, parseDuration, parseSize } from "../../src/core/quantities.ts";

const naturals = fc.bigInt({ min: 0n, max: 2n ** 63n - 1n });

describe("durations", () => {
  test.each([
    ["7d", 604_800_000n],
    ["12h", 43_200_000n],
    ["30m", 1_800_000n],
    ["45s", 45_000n],
    ["500ms", 500n],
    ["1d12h", 129_600_000n],
    ["1d1h1m1s1ms", 90_061_001n],
    ["1m1ms", 60_001n],
    ["0", 0n],
    ["0s", 0n],
    ["100000d", 8_640_000_000_000n],
  ])("%s is %d ms", (text, ms) => expect(parseDuration(text)).toBe(ms));

  test.each([
    "",
    "7",
    "604800000",
    "-1",
    "-1d",
    "d",
    "7 d",
    " 7d",
    "7D",
    "1.5h",
    "7w",
    "12h1d",
    "1d1d",
    "1e3s",
  ])("%j is none", (text) => expect(parseDuration(text)).toBeUndefined());

  test("digits without end are none, and quickly so", () => {
    expect(parseDuration("1".repeat(1_000_000))).toBeUndefined();
  });

  test.each([
    [604_800_000n, "7d"],
    [86_400_000n, "1d"],
    [129_600_000n, "36h"],
    [5_400_000n, "90m"],
    [1_001n, "1s1ms"],
    [90_061_001n, "25h61s1ms"],
    [300_000n, "5m"],
    [0n, "0"],
    [-1n, "-1"],
  ])("%d ms reads %s", (ms, text) => expect(formatDuration(ms)).toBe(text));

  test("what is formatted parses back", () => {
    fc.assert(fc.property(naturals, (ms) => parseDuration(formatDuration(ms)) === ms));
  });

  test("no spelling of one or two units is shorter", () => {
    const unit = fc.constantFrom("d", "h", "m", "s", "ms");
    const part = fc.tuple(fc.integer({ min: 1, max: 5_000 }), unit).map(([count, name]) => `${count}${name}`);
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 2 }), (parts) => {
        const ms = parseDuration(parts.join(""));
        if (ms !== undefined) expect(formatDuration(ms).length).toBeLessThanOrEqual(parts.join("").length);
      }),
    );
  });
});

describe("sizes", () => {
  test.each([
    ["1GiB", 1_073_741_824n],
    ["10MiB", 10_485_760n],
    ["64KiB", 65_536n],
    ["1kB", 1_000n],
    ["2MB", 2_000_000n],
    ["512B", 512n],
    ["1TiB", 1_099_511_627_776n],
    ["0", 0n],
  ])("%s is %d bytes", (text, bytes) => expect(parseSize(text)).toBe(bytes));

  test.each(["", "1", "-1", "GiB", "1 GiB", "1gib", "1KB", "1G", "1.5GiB", "1GiB1MiB", "1PiB", "1toString"])(
    "%j is none",
    (text) => expect(parseSize(text)).toBeUndefined(),
  );

  test.each([
    [1_073_741_824n, "1GiB"],
    [1_048_576n, "1MiB"],
    [1_000n, "1kB"],
    [1_500n, "1500B"],
    [1_048_588n, "1048588B"],
    [0n, "0"],
    [-1n, "-1"],
  ])("%d bytes read %s", (bytes, text) => expect(formatSize(bytes)).toBe(text));

  test("what is formatted parses back", () => {
    fc.assert(fc.property(naturals, (bytes) => parseSize(formatSize(bytes)) === bytes));
  });
});
