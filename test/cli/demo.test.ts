import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";

it("the demo holds every command to the exit status that its story tells", () => {
  const story = execFileSync(process.execPath, ["--import", "tsx", "scripts/demo.ts"], { encoding: "utf8" });
  expect(story).toContain("Set policies.deletes.topic: 1");
  expect(story).toContain("That's all.");
}, 60_000);
