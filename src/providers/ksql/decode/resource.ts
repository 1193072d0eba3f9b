import { type Diagnostic, error, warning } from "../../../core/errors.ts";
import type { Report } from "../../../core/kind.ts";
import { addressOf, type Position } from "../../../core/model.ts";
import { emptyContext, propertyOf, topicOf } from "../../../ksql/canonical/index.ts";
import { headOf, parseExpressionText, printName, type Unparsed } from "../../../ksql/syntax/index.ts";
import type { KsqlKindName, KsqlPolicy, KsqlResource, KsqlSpec } from "../spec.ts";
import type { Written } from "./statements.ts";

/** What stands around a statement: the entry that it belongs to, or nothing in a list of files. */
export interface Surroundings {
  /** The key of its entry, and where that stands. */
  readonly key?: { readonly text: string; readonly position: Position };
  readonly policy: KsqlPolicy;
  /** Properties beside what SET gives. */
  readonly properties: Readonly<Record<string, string>>;
  /** Where the resource is said to stand; where the statement begins if it isn't given. */
  readonly position?: Position;
  /** Where a field of the entry stands. */
  locate?(path: readonly string[]): Position;
}

interface Identity {
  readonly kind: KsqlKindName;
  readonly name: string;
}

/** A statement as a resource; undefined if it has no name to be one by, which is reported. */
export function resourceFrom(
  written: Written,
  around: Surroundings,
  report: Report,
): KsqlResource | undefined {
  const { parsed, text, place } = written;
  if (parsed.kind === "unparsed") report(notUnderstood(parsed, written, headOf(text) !== undefined));
  const identity = identityOf(written, around, report);
  if (identity === undefined) return undefined;
  const { policy, locate } = around;
  const position = around.position ?? place(0, 1);
  if (policy.upgrade === "replace" && policy.offsets === null && "query" in parsed) {
    const message = "the new query would start somewhere, and the file doesn't say where";
    report(error("KP1274", message, { position: locate?.(["upgrade"]) ?? position }));
  }
  const spec: KsqlSpec = {
    statement: text,
    topic: parsed.kind === "unparsed" ? null : topicOf(parsed, emptyContext.defaults),
    reported: null,
    query: identity.kind === "query" ? identity.name : null,
    properties: { ...written.properties, ...around.properties },
  };
  return {
    address: addressOf(identity.kind, identity.name),
    spec,
    policy,
    position,
    locate: ([field = "", offset, ...rest]) => {
      if (field !== "statement") return locate?.([field, ...(offset ? [offset, ...rest] : [])]) ?? position;
      return offset === undefined ? place(0, 1) : place(Number(offset), 1);
    },
  };
}

/**
 * With a hint it is known to be wrong, and so is what doesn't even begin as a declaration. Of the rest a server may
 * understand what kpipe doesn't.
 */
function notUnderstood({ error: problem }: Unparsed, { place }: Written, declares: boolean): Diagnostic {
  const { message, hint, offset, length } = problem;
  const position = place(offset, length);
  if (hint !== undefined) return error("KP1272", message, { position, next: sentence(hint) });
  if (!declares) return error("KP1272", message, { position, next: "Mend the statement at this place." });
  return warning("KP1272", `${message}; the statement is not compared`, { position });
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1) + (/[.?]$/.test(text) ? "" : ".");
}

function identityOf(written: Written, { key }: Surroundings, report: Report): Identity | undefined {
  const { parsed, text, place } = written;
  const head = headOf(text);
  if (head === undefined) {
    if (parsed.kind !== "unparsed") {
      report(error("KP1271", "this statement declares nothing", { position: place(0, 1) }));
    }
    return undefined;
  }
  if (head.kind === "insert") return insertIdentity(written, key, report);
  const name = head.kind === "type" ? head.name.toUpperCase() : head.name;
  const expected = key && nameIn(key.text);
  if (key && (head.kind === "type" ? expected?.toUpperCase() : expected) !== name) {
    const message = `the statement declares ${printName(name)}, and its key is ${key.text}`;
    const next = `Call the entry ${printName(name)}${name === name.toUpperCase() ? ", in any case" : ""}.`;
    report(error("KP1273", message, { position: key.position, next }));
    return undefined;
  }
  return { kind: head.kind, name };
}

/** A name as a statement would have it: upper-cased unless it is in back quotes. */
function nameIn(key: string): string | undefined {
  const parsed = parseExpressionText(key);
  return "kind" in parsed && parsed.kind === "column" && parsed.source === null ? parsed.name : undefined;
}

/** An INSERT has no name of its own; its query's id is one, and the key of its entry gives that. */
function insertIdentity(
  { parsed, place }: Written,
  key: Surroundings["key"],
  report: Report,
): Identity | undefined {
  const given = parsed.kind === "unparsed" ? null : propertyOf(parsed, "QUERY_ID");
  const position = key?.position ?? place(0, 1);
  const name = (key?.text ?? given)?.toUpperCase();
  if (name === undefined) {
    const next =
      "Add WITH (QUERY_ID='NAME') behind the name of its stream, or give it an entry under `ksql`.";
    report(error("KP1277", "an INSERT INTO has no name of its own", { position, next }));
    return undefined;
  }
  if (!/^\w+$/.test(name)) {
    const message = `${key?.text ?? given} can't be the id of a query: letters, digits and _ can`;
    report(error("KP1277", message, { position }));
    return undefined;
  }
  if (given !== null && given.toUpperCase() !== name) {
    const message = `the statement has QUERY_ID ${given}, and its key is ${key?.text}`;
    report(error("KP1273", message, { position, next: "Make the two equal, or leave QUERY_ID out." }));
    return undefined;
  }
  return { kind: "query", name };
}
