import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Project, project } from "../builders/project.ts";
import { type Block, blocksOf, examplesOf, pages } from "./blocks.ts";

/** Commands that can't run here, and where they do. */
const elsewhere: Readonly<Record<string, string>> = {
  "npm ci && npm run demo": "installs packages; test/cli/demo.test.ts runs the demo",
  "kpipe record -o prod.json": "asks live servers; test/real/e2e/record.test.ts records them",
};

/** The demo's recording, under the names that examples give. */
const recordings = ["cluster.json", "prod.json"];

const blocks = pages.flatMap(blocksOf);
const of = (language: string) =>
  blocks.filter((block) => block.language === language).map((block) => [block.place, block] as const);

let user: Project;
beforeEach(async () => {
  user = await project();
  const demo = fileURLToPath(new URL("../../examples/demo/cluster.json", import.meta.url));
  for (const name of recordings) await copyFile(demo, join(user.dir, name));
});
afterEach(() => user.remove());

describe("commands of the documentation run as they stand, on a recording", { timeout: 60_000 }, () => {
  it.each(of(""))("%s", async (_, block) => {
    const examples = examplesOf(block);
    if (!examples.some(({ command }) => command === "kpipe init")) await user.kpipe("init");
    for (const { command, output } of examples) {
      if (Object.hasOwn(elsewhere, command)) continue;
      const { status, stdout, stderr } = await user.kpipe(here(command));
      expect({ command, status, stderr }).toEqual({ command, status: 0, stderr: "" });
      if (output !== undefined) expect(timeless(stdout).trim()).toBe(timeless(output));
    }
  });

  it("and those that can't are still in it", () => {
    const commands = of("").flatMap(([, block]) => examplesOf(block).map(({ command }) => command));
    expect(commands).toEqual(expect.arrayContaining(Object.keys(elsewhere)));
  });
});

describe("files of the documentation are valid", { timeout: 60_000 }, () => {
  it.each(of("yaml"))("%s", async (_, block) => {
    await user.write("pipeline.yaml", whole(block));
    const { status, stdout, stderr } = await user.kpipe("validate");
    expect({ status, stderr }, stderr).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain(" is valid: ");
  });
});

it("nothing of the documentation is in a language that nobody tries", () => {
  expect(blocks.filter(({ language }) => language !== "" && language !== "yaml")).toEqual([]);
});

/** The arguments of a command, where nobody answers and the cluster is a recording. */
function here(command: string): string {
  const [program, name = "", ...rest] = command.split(" ");
  if (program !== "kpipe")
    throw new Error(`${command} is neither kpipe nor in the list of what can't run here`);
  const asks = ["plan", "apply", "drift"].includes(name);
  return [
    name,
    ...rest,
    ...(asks && !rest.includes("--cluster") ? ["--cluster cluster.json"] : []),
    ...(name === "apply" ? ["--auto-approve"] : []),
  ].join(" ");
}

/** A piece of a file with the head that every file has. */
function whole({ text }: Block): string {
  const head = "apiVersion: kpipe.dev/v1\nkind: Pipeline\nmetadata: { name: example }\n";
  return text.includes("apiVersion:") ? text : `${text}${head}`;
}

function timeless(text: string): string {
  return text.replaceAll(/\d+\.\d s\b/g, "0.0 s");
}
