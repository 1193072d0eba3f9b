/**
 * The canonical form of ksqlDB's definitions: what the user wrote and what the server gives back are equal in it
 * when they mean the same. Pure; nothing in it throws.
 *
 * - `canonicalize(declaration, context)`: the canonical form; `readBack(text, context)`: the same from a server's
 *   text, which after an ALTER is several statements (`foldAlters`).
 * - `differences(desired, actual)`: empty if both mean the same. It leaves out what the server fills in by itself;
 *   `canonical.text` is what to compare otherwise.
 * - `Context` says what is known of the sources and types: from the server (`schemaFromReport`, `typeFromReport`) or
 *   from the statements before (`contextAfter`). What is missing is never guessed: see `Canonical.unresolved`.
 * - `resultSchema(declaration, context)`: the columns that come of it, with types where they are certain.
 * - `nameOf`, `sinkOf`, `sourcesOf`, `topicOf`, `usedTypes`, `propertyOf`: facts of one statement, for edges and order.
 */
export { type Canonical, canonicalize } from "./canonicalize.ts";
export {
  type Context,
  emptyContext,
  type SchemaColumn,
  type SourceSchema,
} from "./context.ts";
export { type CanonicalDifference, differences, isSignificantWhenAbsent } from "./differences.ts";
export { contextAfter } from "./evolve.ts";
export { nameOf, propertyOf, sinkOf, sourcesOf, topicOf, usedTypes } from "./facts.ts";
export { foldAlters, isDeclaration, readBack } from "./read.ts";
export { type ReportedSource, schemaFromReport, typeFromReport } from "./reported.ts";
export { resultSchema } from "./result-schema.ts";
export { canonicalType, isSameType } from "./types.ts";
