import { Secret } from "../../core/secret.ts";
import { passwordsIn } from "../../core/url-passwords.ts";
import type { ConfigDefinition } from "../connect.ts";

/** What stands in a recording for a value that it must not hold. */
const hidden = "[hidden]";

/** Keys that hold secrets whatever a plugin says of them; the last part of a key decides. */
const secretKey =
  /(password|passwd|passphrase|secret|token|credentials?|apikey)$|jaas|user\.info|credentials\.json|connection\.?string|(access|secret|api|private|account|shared|signing|encryption|keystore)[._-]?key$/i;

/** Keys that may hold one, if their plugin says nothing of them. */
const doubtfulKey = /pwd$|[._-]key$|password|secret|token/i;

/** All of the value is a reference that a config provider of the worker resolves: `${file:/run/secrets:key}`. */
const reference = /^\$\{[^${}:]+:[^{}]*\}$/;

/** `//user@`, and a parameter for a password, with one or without. */
const credentials = /\/\/[^\s/@]+@|[?&;][\w.-]*(password|passwd|pwd|secret|token)=/i;

type Definitions = readonly ConfigDefinition[] | undefined;

/** A value as a recording may hold it. */
export function recordable(key: string, value: string | Secret, definitions: Definitions): string {
  if (value instanceof Secret) return hidden;
  return isSecret(key, value, definitions) ? hidden : value;
}

function isSecret(key: string, value: string, definitions: Definitions): boolean {
  if (value === "" || reference.test(value)) return false;
  const definition = definitions?.find(({ name }) => name === key);
  if (definition?.type === "password" || secretKey.test(key)) return true;
  if (credentials.test(value) || passwordsIn(value).length > 0) return true;
  return definition === undefined && doubtfulKey.test(key);
}

/** A text of a server, such as a stack trace, without the values of a config that are left out. */
export function withoutSecrets(
  text: string,
  config: ReadonlyMap<string, string | null>,
  definitions: Definitions,
): string {
  return [...config]
    .flatMap(([key, value]) => (value !== null && isSecret(key, value, definitions) ? partsOf(value) : []))
    .reduce((rest, part) => Secret.of(part).scrubbed(rest), text);
}

/** The value, and what is secret within it if it is a URL, its user too. */
function partsOf(value: string): readonly string[] {
  const found = passwordsIn(value);
  const starts = new Set(found.map(({ at }) => at));
  const users = [...value.matchAll(/\/\/([^\s/@:]+):/g)].flatMap(({ 0: whole, 1: user = "", index }) =>
    starts.has(index + whole.length) ? [user] : [],
  );
  return [value, ...users, ...found.map(({ part }) => part)];
}
