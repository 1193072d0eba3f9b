import type { Field, Kind, Section } from "../../core/kind.ts";
import type { Value } from "../../core/model.ts";
import { parseStatement, printStatement } from "../../ksql/syntax/index.ts";
import { ksqlFromEntry, ksqlFromFile } from "./decode/entry.ts";
import { ksqlDiff } from "./diff.ts";
import { ksqlLinks } from "./lineage.ts";
import { ksqlRisks } from "./risks.ts";
import { ksqlDefaultsSchema, ksqlSchema } from "./schema.ts";
import { type KsqlKindName, type KsqlPolicy, type KsqlSpec, ksqlKindNames } from "./spec.ts";

const section: Section = {
  key: "ksql",
  claimKey: "ksql",
  budget: { key: "ksql", deletes: 2 },
  defaults: { key: "ksql", schema: ksqlDefaultsSchema },
  schema: ksqlSchema,
  secrets: false,
  decode: ksqlFromEntry,
  server: "ksql",
  files: { key: "ksqlFiles", decode: ksqlFromFile },
};

/** The kinds of ksqlDB differ in what their statements may be, and in nothing else. */
export const ksqlKinds: readonly Kind<KsqlSpec, KsqlPolicy>[] = ksqlKindNames.map(ksqlKind);

function ksqlKind(name: KsqlKindName): Kind<KsqlSpec, KsqlPolicy> {
  return {
    name,
    plural: "ksqlDB objects",
    section,
    hidden: [],
    ignoresCase: true,
    diff: ksqlDiff,
    links: ksqlLinks,
    risks: ksqlRisks,
    summary,
    show,
  };
}

function summary({ statement, properties }: KsqlSpec): readonly Field[] {
  const parsed = parseStatement(statement);
  const text = parsed.kind === "unparsed" ? statement.trim() : printStatement(parsed);
  // Properties are its query's: a source over a topic has no use for them.
  const used = "query" in parsed || parsed.kind === "unparsed" ? Object.entries(properties) : [];
  return [
    { path: ["statement"], value: text },
    ...used.map(([key, value]) => ({ path: ["properties", key], value })),
  ];
}

function show(_path: readonly string[], value: Value): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
