import { Secret } from "../../core/secret.ts";
import { passwordsIn } from "../../core/url-passwords.ts";

/** Keys whose values are secret whatever a plugin says of their type; the last part of a key decides. */
const secretKey =
  /(password|passwd|passphrase|secret|token|credentials?|apikey)$|(jaas\.config|user\.info|credentials\.json|connection\.?string|keystore\.key)$|(access|secret|api|private|account|shared|signing|encryption)[._-]?key$/i;

/** How workers hide what they don't tell: Confluent's bullets, Kafka's own word, and what proxies write. */
const mask = /^([•*]{3,}|\[hidden\]|<hidden>|\*+masked\*+)$/i;

/** All of the value is a reference that a config provider of the worker resolves: `${file:/run/secrets:key}`. */
const reference = /^\$\{[^${}:]+:[^{}]*\}$/;

/** Which keys of a class a plugin itself calls passwords. */
export type IsPassword = (key: string) => boolean;

/** A value of a file or of a worker, secret as far as its key or its text says so. */
export function guarded(key: string, text: string, isPassword: IsPassword): string | Secret {
  if (reference.test(text)) return text;
  if (isPassword(key) || secretKey.test(key)) return text === "" ? text : Secret.of(text);
  return withoutCredentials(text);
}

/** A value as a worker tells it: what it hides has no value here, and can't be compared. */
export function told(key: string, text: string, isPassword: IsPassword): string | Secret {
  return mask.test(text) ? Secret.unresolved([]) : guarded(key, text, isPassword);
}

/** A URL or a connection string with its passwords hidden; the text itself if it has none. */
function withoutCredentials(text: string): string | Secret {
  const found = passwordsIn(text).filter(({ part }) => !reference.test(part));
  if (found.length === 0) return text;
  const shown = found
    .toSorted((a, b) => b.at - a.at)
    .reduce((rest, { part, at }) => `${rest.slice(0, at)}(secret)${rest.slice(at + part.length)}`, text);
  return Secret.within(
    text,
    shown,
    found.map(({ part }) => part),
  );
}
