import { describe, expect, it } from "vitest";
import {
  type Canonical,
  type Context,
  canonicalize,
  contextAfter,
  differences,
  emptyContext,
  foldAlters,
  isDeclaration,
  type ReportedSource,
  readBack,
  schemaFromReport,
} from "../../../src/ksql/canonical/index.ts";
import { type Declaration, parseStatements } from "../../../src/ksql/syntax/index.ts";
import recorded from "../fixtures/recorded-definitions.json" with { type: "json" };

/** What a server (ksqlDB 7.9.0) was told, in order, how it rewrote it, and how it described the results. */
interface Exchange {
  readonly transcript: string;
  readonly sql?: string;
  readonly refused?: boolean;
  readonly readBack?: readonly string[];
  readonly described?: readonly (ReportedSource & { readonly name: string; readonly statement: string })[];
}

/** Where the server's text holds more than was written, by nature. */
const exceptions = {
  "schema inference: the columns come from a registry": ["AV2", "AV5"],
} as const;
const inferred: readonly string[] = Object.values(exceptions).flat();

interface Pair {
  readonly title: string;
  readonly desired: Canonical;
  readonly actual: ReturnType<typeof readBack>;
  readonly isInferred: boolean;
}

const pairs: Pair[] = [];
const schemas: { title: string; known: unknown; reported: unknown }[] = [];
const definitions: Pair[] = [];

const definedName = (statement: Declaration) =>
  statement.kind === "insert-select" ? statement.target.name : statement.name.name;

const declared = new Map<string, readonly Declaration[]>();
let context: Context = emptyContext;
const exchanges: readonly Exchange[] = JSON.parse(JSON.stringify(recorded));
for (const { transcript, sql, refused, readBack: texts, described } of exchanges) {
  parseStatements(sql ?? "").forEach((statement, at) => {
    if (statement.kind === "unparsed") return;
    const isSkipped = "ifNotExists" in statement && statement.ifNotExists;
    const text = texts?.[at];
    if (isDeclaration(statement) && text !== undefined) {
      const title = `${transcript}: ${text.slice(0, 60)}`;
      const actual = readBack(text, context);
      const isInferred = inferred.includes(definedName(statement));
      pairs.push({ title, desired: canonicalize(statement, context), actual, isInferred });
    }
    if (refused === true || isSkipped) return;
    if (statement.kind === "create-source" || statement.kind === "create-as") {
      declared.set(statement.name.name, [statement]);
    }
    context = contextAfter(statement, context);
    if (statement.kind !== "alter-source") return;
    const created = declared.get(statement.name.name) ?? [];
    declared.set(statement.name.name, foldAlters([...created, statement]).filter(isDeclaration));
  });
  for (const source of described ?? []) {
    const [statement] = declared.get(source.name) ?? [];
    const isInferred = inferred.includes(source.name);
    const title = `${transcript}: ${source.name}`;
    if (!isInferred) {
      schemas.push({ title, known: context.sources.get(source.name), reported: schemaFromReport(source) });
    }
    if (statement === undefined) continue;
    const actual = readBack(source.statement, context);
    definitions.push({ title, desired: canonicalize(statement, context), actual, isInferred });
  }
}

function same({ desired, actual, isInferred }: Pair): void {
  if (actual.kind === "unparsed") expect.fail(actual.error.message);
  expect(differences(desired, actual)).toEqual([]);
  expect(desired.unresolved).toEqual([]);
  if (!isInferred) expect(actual.text).toBe(desired.text);
}

it("covers what was recorded", () => {
  expect([pairs.length, schemas.length, definitions.length].every((count) => count >= 40)).toBe(true);
});

describe("a definition means what the server makes of it", () => {
  it.each(pairs)("$title", same);
});

describe("a definition, with its ALTERs, means what the server tells of it later", () => {
  it.each(definitions)("$title", same);
});

describe("the columns, keys, types and formats of a definition are the server's", () => {
  it.each(schemas)("$title", ({ known, reported }) => {
    expect(known).toEqual(reported);
  });
});
