#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline/promises";
import { run } from "./cli/program.ts";
import type { Terminal } from "./cli/terminal.ts";

const { stdin, stdout, stderr } = process;
const interrupt = new AbortController();
let isWriting = false;

function interrupted(): void {
  // While something is written the running step is finished first. Whoever asks twice means it.
  if (isWriting && !interrupt.signal.aborted) {
    interrupt.abort();
    return;
  }
  if (!isWriting) stderr.write("\nInterrupted. Nothing was changed.\n");
  process.exit(130);
}

process.on("SIGINT", interrupted);
process.on("SIGTERM", interrupted);

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
  beginWriting() {
    isWriting = true;
    return interrupt.signal;
  },
  clock: () => performance.now(),
};

async function ask(question: string): Promise<string> {
  const lines = createInterface({ input: stdin, output: stdout });
  // A terminal that is being read from gives Ctrl-C to the reader.
  lines.on("SIGINT", interrupted);
  try {
    return await lines.question(question);
  } finally {
    lines.close();
  }
}

const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
  version: string;
};
process.exitCode = await run(process.argv.slice(2), terminal, version);
