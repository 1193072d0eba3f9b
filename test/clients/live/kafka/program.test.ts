import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { broker, serving } from "./failing-servers.ts";
import { api, type FakeBroker, metadata } from "./fake-broker.ts";
import { nobody } from "./tcp-servers.ts";

/** Runs the program to its end; one that something keeps alive is killed, which fails the test. */
async function run(...args: readonly string[]): Promise<string> {
  const program = join(import.meta.dirname, "program.ts");
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ["--import", "tsx", "--trace-warnings", "--unhandled-rejections=warn", program, ...args],
    { timeout: 25_000, env: { ...process.env, KAFKAJS_LOG_LEVEL: "debug", NODE_OPTIONS: "" } },
  );
  expect(stderr).toBe("");
  return stdout.trim();
}

describe("a program that asked a broker ends by itself, and nobody else has written", {
  timeout: 30_000,
}, () => {
  test("that answered", async () => {
    const fake: FakeBroker = await broker({
      [api.metadata]: () => metadata({ brokers: [{ id: 1, port: fake.port }] }),
    });
    expect(await run(fake.address)).toBe("answered");
  });

  test("that refused", async () => {
    expect(await run(await nobody())).toBe("KpipeError");
  });

  test("that was silent", async () => {
    expect(await run((await serving(() => {})).address)).toBe("KpipeError");
  });

  test("that broke off after the handshake", async () => {
    expect(await run((await broker({ [api.metadata]: () => "reset" })).address)).toBe("KpipeError");
  });

  test("and was told to close meanwhile", async () => {
    const fake = await broker({ [api.metadata]: () => "silence" });
    expect(await run(fake.address, "at-once")).not.toBe("answered");
  });
});
