import type { Field, Kind } from "../../src/core/kind.ts";
import type { Value } from "../../src/core/model.ts";
import { formatDuration } from "../../src/core/quantities.ts";

/** Kinds that only know how to be shown, for tests of what renders them. */
export const shownKinds: ReadonlyMap<string, Kind> = new Map(
  [
    kindNamed("topic", "topics"),
    kindNamed("connector", "connectors"),
    kindNamed("stream", "ksqlDB objects"),
    kindNamed("table", "ksqlDB objects"),
    kindNamed("group", "groups"),
  ].map((kind) => [kind.name, kind]),
);

function kindNamed(name: string, plural: string): Kind {
  return {
    name,
    plural,
    section: {
      key: plural,
      claimKey: plural,
      budget: { key: name, deletes: 0 },
      schema: {},
      secrets: false,
      decode: () => [],
    },
    hidden: [],
    ignoresCase: false,
    diff: () => ({ fields: [], remarks: [] }),
    links: () => ({ reads: [], writes: [], owns: [] }),
    risks: () => [],
    summary: (spec) => Object.entries(spec).flatMap(([key, value]) => fieldsOf(key, value)),
    show: (path, value) => shown(path.at(-1) ?? "", value),
  };
}

function fieldsOf(key: string, value: Value): readonly Field[] {
  if (key !== "config" || value === null || typeof value !== "object") return [{ path: [key], value }];
  return Object.entries(value).map(([name, it]) => ({ path: [key, name], value: it }));
}

function shown(name: string, value: Value): string {
  if (name.endsWith(".ms") && (typeof value === "number" || typeof value === "string"))
    return formatDuration(BigInt(value));
  return typeof value === "string" ? value : JSON.stringify(value);
}
