import type { RunnerTestFile, RunnerTestSuite } from "vitest";
import { inject, TestRunner } from "vitest";

/** Skips every real test, hooks included, where there are no real servers. */
export default class RealRunner extends TestRunner {
  onCollected(files: readonly RunnerTestFile[]): void {
    if (inject("stackMissing") !== "") for (const file of files) skip(file);
  }
}

function skip(suite: RunnerTestSuite): void {
  suite.mode = "skip";
  for (const task of suite.tasks) {
    if (task.type === "suite") skip(task);
    else task.mode = "skip";
  }
}
