import type { Change, Risk } from "../../core/model.ts";
import type { ConnectorSpec } from "./spec.ts";
import { isSink, topicsOf } from "./topics.ts";

/** What a change of a connector costs beside the change. */
export function connectorRisks(change: Change<ConnectorSpec>): readonly Risk[] {
  switch (change.action) {
    case "create":
      return [];
    case "delete":
      return [{ code: "connector-ends", message: endOf(change.live.spec) }];
    case "update":
    case "replace":
    case "operate":
      return change.fields.flatMap(({ path }): Risk[] => {
        const [field, key] = path;
        if (field === "class") {
          // A sink's offsets are those of its consumer group, whatever its class.
          if (isSink(change.live.spec)) return [];
          const message = "the new class may not read the offsets of the old one";
          return [{ code: "class-changes", message }];
        }
        return key !== undefined && movesSource(change.live.spec, key)
          ? [{ code: "source-moves", message: `a new ${key} may read rows again, or leave some out` }]
          : [];
      });
  }
}

/** Offsets of a JDBC source are kept by table and mode; a change of these starts at another place. */
function movesSource(spec: ConnectorSpec, key: string): boolean {
  return (
    !isSink(spec) && ["mode", "incrementing.column.name", "timestamp.column.name", "query"].includes(key)
  );
}

function endOf(spec: ConnectorSpec): string {
  const { reads, writes } = topicsOf(spec, () => []);
  if (isSink(spec)) return `rows of ${named(reads)} stop arriving; its group keeps the offsets`;
  return `${named(writes)} ${writes.length === 1 ? "gets" : "get"} no more records; Connect keeps the offsets under its name`;
}

function named(topics: readonly string[]): string {
  if (topics.length === 0) return "its topics";
  const shown = topics.slice(0, 3).map((it) => `topic/${it}`);
  return topics.length > 3 ? `${shown.join(", ")} and ${topics.length - 3} more` : shown.join(" and ");
}
