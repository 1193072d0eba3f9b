import { errorTable } from "../src/core/error-table.ts";

const stages: readonly (readonly [digit: string, title: string])[] = [
  ["1", "The file"],
  ["2", "The plan"],
  ["3", "The servers"],
  ["4", "The apply"],
  ["5", "The guards"],
  ["6", "Recordings, saved plans and usage"],
  ["9", "kpipe itself"],
];

const introduction = `# Errors

Every fault that kpipe prints has a code. A code keeps its meaning when the words get better, so it is what
scripts look for; its first digit says the stage. kpipe often knows more than this page and says so beside
the place. Written by \`npm run generate\` from \`src/core/error-table.ts\`.
`;

/** The content of `docs/errors.md`: every code, by stage, with what to do about it. */
export function errorsPage(): string {
  const sections = stages.flatMap(([digit, title]) => {
    const codes = Object.entries(errorTable)
      .filter(([code]) => code.startsWith(`KP${digit}`))
      .toSorted(([left], [right]) => (left < right ? -1 : 1))
      .map(([code, entry]) => `### ${code} ${entry.title}\n\n${entry.next}\n`);
    return codes.length === 0 ? [] : [`## ${title}\n`, ...codes];
  });
  return [introduction, ...sections].join("\n");
}
