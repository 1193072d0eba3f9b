import type { FieldChange } from "../../core/model.ts";
import type { ConnectorSpec } from "./spec.ts";

const verbs: Readonly<Record<ConnectorSpec["state"], string>> = {
  running: "resume",
  paused: "pause",
  stopped: "stop",
};

/** What is done to a connector beside its config, in words: `restart tasks 0 and 2, they failed`. */
export function mannerOf(fields: readonly FieldChange[]): string {
  const operations = fields.filter(({ effect }) => effect === "operate");
  const states = operations.flatMap(({ path, after }) => {
    const verb = path[0] === "state" ? Object.entries(verbs).find(([state]) => state === after) : undefined;
    return verb ? [verb[1]] : [];
  });
  const failed = operations.filter(({ path }) => path[0] !== "state");
  const tasks = failed.flatMap(({ path: [part, number] }) => (part === "task" && number ? [number] : []));
  return [...states, ...(failed.length > 0 ? [restart(tasks)] : [])].join(", ");
}

/** `restart task 0, it failed`; without numbers it is the connector itself. */
function restart(tasks: readonly string[]): string {
  if (tasks.length === 0) return "restart, it failed";
  if (tasks.length === 1) return `restart task ${tasks[0]}, it failed`;
  return `restart tasks ${tasks.slice(0, -1).join(", ")} and ${tasks.at(-1)}, they failed`;
}
