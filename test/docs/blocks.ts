import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** A fenced block of a page. */
export interface Block {
  /** `README.md:19` */
  readonly place: string;
  readonly language: string;
  readonly text: string;
}

const root = fileURLToPath(new URL("../../", import.meta.url));

/** The pages that users read first. */
export const pages = [
  "README.md",
  ...readdirSync(`${root}docs`)
    .filter((file) => file.endsWith(".md"))
    .map((file) => `docs/${file}`),
];

export function blocksOf(page: string): readonly Block[] {
  const text = readFileSync(root + page, "utf8");
  return [...text.matchAll(/^```(\w*)\n(.*?)^```$/gms)].map(({ index, 1: language = "", 2: body = "" }) => ({
    place: `${page}:${text.slice(0, index).split("\n").length}`,
    language,
    text: body,
  }));
}

/** A command of a block, and what the block says that it prints; undefined where it doesn't say. */
export interface Example {
  readonly command: string;
  readonly output: string | undefined;
}

/**
 * The commands of a block. After `$ ` stands one with its output below it; a block without is commands only,
 * one a line, with comments.
 */
export function examplesOf({ text }: Block): readonly Example[] {
  if (!text.startsWith("$ ")) {
    const lines = text.split("\n").map((line) => line.replace(/\s+# .*$/, "").trim());
    return lines.filter((line) => line !== "").map((command) => ({ command, output: undefined }));
  }
  return text
    .split(/^\$ /m)
    .slice(1)
    .map((part) => {
      const [command = "", ...output] = part.split("\n");
      return { command, output: output.join("\n").trim() };
    });
}
