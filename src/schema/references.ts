import { type Diagnostic, error } from "../core/errors.ts";
import type { Report } from "../core/kind.ts";
import type { Position } from "../core/model.ts";
import { nearest } from "../core/nearest.ts";
import { Secret } from "../core/secret.ts";
import type { Environment } from "./environment.ts";
import type { ScalarNode } from "./node.ts";
import { coreValue } from "./scalar.ts";
import type { Part, Reference } from "./template.ts";

export type Variables = ReadonlyMap<string, string>;

/** What may stand at a place of the file. */
export interface Allowed {
  /** Whether `${env.NAME}` may. */
  readonly secrets: boolean;
  /** Whether the value may be text, so that a variable `007` stays as it is. */
  readonly text: boolean;
}

/** What references stand for. */
export interface Given {
  readonly variables: Variables;
  readonly environment: Environment;
  readonly report: Report;
}

/**
 * Puts variables and secrets into a text; a text with a secret is one secret as a whole. A text of which a
 * reference fails keeps its template: what it would say is unknown.
 */
export function resolveScalar(node: ScalarNode, allowed: Allowed, given: Given): ScalarNode {
  const { template, position, written } = node;
  if (template === undefined) return node;
  const pieces = template.map((part): string | Secret | undefined => {
    if (typeof part === "string") return part;
    if (part.source === "var" || !part.valid) return plain(part, position, given.variables, given.report);
    if (!allowed.secrets) return misplaced(part, position, given.report);
    return given.environment.secret(part.name, position, given.report);
  });
  if (!pieces.every((piece) => piece !== undefined)) return node;
  const value = join(pieces);
  if (value instanceof Secret) return { type: "scalar", value, text: String(value), position };
  return {
    type: "scalar",
    value: allowed.text ? value : coreValue(value),
    text: value,
    ...(written !== undefined && { written }),
    position,
  };
}

/** The pieces of a text in which variables may stand and secrets may not; what fails stays as it is written. */
export function resolveParts(
  template: readonly Part[],
  variables: Variables,
  place: (reference: Reference) => Position,
  report: Report,
): readonly string[] {
  return template.map((part) =>
    typeof part === "string" ? part : (plain(part, place(part), variables, report) ?? part.written),
  );
}

function join(pieces: readonly (string | Secret)[]): string | Secret {
  const secrets = pieces.filter((piece) => piece instanceof Secret);
  if (secrets.length === 0) return pieces.join("");
  const names = [...new Set(secrets.flatMap((secret) => secret.variables))];
  if (secrets.some((secret) => !secret.resolved)) return Secret.unresolved(names);
  return Secret.of(pieces.map((piece) => (piece instanceof Secret ? piece.reveal() : piece)).join(""), names);
}

/** The value of a reference where no secret may stand; undefined if there is none, which is reported. */
function plain(
  reference: Reference,
  position: Position,
  variables: Variables,
  report: Report,
): string | undefined {
  const { source, name, valid } = reference;
  if (!valid) {
    const names = source === "env" ? "letters, digits and `_`" : "letters, digits, `.`, `_` and `-`";
    report(error("KP1204", `expected \`\${${source}.NAME}\` with a NAME of ${names}`, { position }));
    return undefined;
  }
  if (source === "env") return misplaced(reference, position, report);
  const value = variables.get(name);
  if (value === undefined) report(unknownVariable(name, position, variables));
  return value;
}

function unknownVariable(name: string, position: Position, variables: Variables): Diagnostic {
  const near = nearest(name, variables.keys());
  const message = near === undefined ? `no --var gives \`${name}\`` : `did you mean \${var.${near}}?`;
  return error("KP1203", message, { position, next: `Give it with \`--var ${name}=VALUE\`.` });
}

function misplaced({ written }: Reference, position: Position, report: Report): undefined {
  report(error("KP1202", `\`${written}\` can't stand here`, { position }));
  return undefined;
}
