import { describe, expect, test } from "vitest";
import { settingsFrom } from "../../stack/settings.ts";

const usual = { kafka: "4.3.1", brokers: "1" };

describe("what up was asked for", () => {
  test("one broker on the usual ports", () => {
    const { version, brokers, ports } = settingsFrom(usual, {});
    expect({ version, brokers, first: ports.brokers[0] }).toEqual({
      version: "4.3.1",
      brokers: 1,
      first: 9092,
    });
  });

  test("the option wins over the environment", () => {
    const env = { KPIPE_STACK_PORT_BASE: "12000" };
    expect(settingsFrom(usual, env).ports.brokers).toEqual([12000, 12001, 12002]);
    expect(settingsFrom({ ...usual, portBase: "13000" }, env).ports.brokers).toEqual([13000, 13001, 13002]);
  });

  test.each([
    [{ kafka: "2.8.0" }, "--kafka 2.8.0: the stack has 4.3.1 and 3.9.2."],
    [{ brokers: "2" }, "--brokers 2: 1, or 3"],
    [{ portBase: "80" }, "Port base 80: a whole number from 1024 to 65400."],
    [{ portBase: "many" }, "Port base many: a whole number"],
  ])("%j is refused", (options, message) => {
    expect(() => settingsFrom({ ...usual, ...options }, {})).toThrow(message);
  });

  test("no two servers get one port", () => {
    for (const portBase of [undefined, "20000"]) {
      const { ports } = settingsFrom({ ...usual, ...(portBase && { portBase }) }, {});
      const all = [
        ports.brokers,
        ports.controllers,
        Object.values(ports.secured),
        ports.connect,
        ports.postgres,
      ].flat();
      expect(new Set(all).size).toBe(all.length);
    }
  });
});
