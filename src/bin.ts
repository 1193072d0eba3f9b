#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline/promises";
import { run } from "./cli/program.ts";
import type { Terminal } from "./cli/terminal.ts";

const { stdin, stdout, stderr } = process;
const interrupt = new AbortController();

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    // Whoever asks twice means it, whatever is left half-done.
    if (interrupt.signal.aborted) process.exit(130);
    interrupt.abort();
  });
}

// `kpipe plan | head` closes the pipe; that is no error.
stdout.on("error", (cause: NodeJS.ErrnoException) => {
  if (cause.code === "EPIPE") process.exit(0);
  throw cause;
});

const terminal: Terminal = {
  stdout: (text) => void stdout.write(text),
  stderr: (text) => void stderr.write(text),
  environment: process.env,
  width: stdout.columns ?? 80,
  stdoutIsTerminal: stdout.isTTY ?? false,
  stderrIsTerminal: stderr.isTTY ?? false,
  ask: stdin.isTTY && stdout.isTTY ? ask : undefined,
  signal: interrupt.signal,
  clock: () => performance.now(),
};

async function ask(question: string): Promise<string> {
  const lines = createInterface({ input: stdin, output: stdout });
  try {
    return await lines.question(question, { signal: interrupt.signal });
  } finally {
    lines.close();
  }
}

const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
  version: string;
};
process.exitCode = await run(process.argv.slice(2), terminal, version);
