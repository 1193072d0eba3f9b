import { inspect } from "node:util";

const SHOWN = "(secret)";

/**
 * A value that must never be shown. Every way a value becomes text (JSON, template strings, console,
 * util.inspect) gives `(secret)`, or the value with its secret parts replaced by that; only `reveal` gives
 * the value, and only clients call it.
 *
 * An `${env.NAME}` that is not set offline has no value: it is unresolved, and whatever it would be
 * compared with is unverifiable.
 */
export class Secret {
  readonly #value: string | undefined;
  /** The environment variables that the value is made of, for messages. */
  readonly variables: readonly string[];
  readonly #shown: string;
  readonly #hidden: readonly string[];

  private constructor(
    value: string | undefined,
    variables: readonly string[],
    shown: string = SHOWN,
    hidden: readonly string[] = value === undefined ? [] : [value],
  ) {
    this.#value = value;
    this.variables = variables;
    this.#shown = shown;
    this.#hidden = hidden;
  }

  static of(value: string, variables: readonly string[] = []): Secret {
    return new Secret(value, variables);
  }

  /** A value of which only the `hidden` parts are secret; `shown` has something else in their place. */
  static within(value: string, shown: string, hidden: readonly string[]): Secret {
    return new Secret(value, [], shown, hidden);
  }

  static unresolved(variables: readonly string[]): Secret {
    return new Secret(undefined, variables);
  }

  get resolved(): boolean {
    return this.#value !== undefined;
  }

  /** The value itself, to be sent to a server and nowhere else; undefined where unresolved. */
  reveal(): string | undefined {
    return this.#value;
  }

  /** Whether both hold the same value; undefined if either is unresolved. */
  equals(other: Secret | string): boolean | undefined {
    const theirs = typeof other === "string" ? other : other.#value;
    if (this.#value === undefined || theirs === undefined) return undefined;
    return this.#value === theirs;
  }

  /** A text without this secret, wherever it quotes it. */
  scrubbed(text: string): string {
    return this.#hidden
      .filter((part) => part !== "")
      .toSorted((a, b) => b.length - a.length)
      .reduce((rest, part) => rest.replaceAll(occurrences(part), SHOWN), text);
  }

  toString(): string {
    return this.#shown;
  }

  toJSON(): string {
    return this.#shown;
  }

  [inspect.custom](): string {
    return this.#shown;
  }
}

/** A text of a server without the secrets that it quotes. */
export function scrub(text: string, secrets: Iterable<unknown>): string {
  return [...secrets].reduce<string>((rest, it) => (it instanceof Secret ? it.scrubbed(rest) : rest), text);
}

/**
 * A short secret counts only where it stands as a word of its own, so that the password `kafka` leaves
 * `org.apache.kafka` readable.
 */
function occurrences(secret: string): RegExp {
  const literal = secret.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  if (secret.length >= 8) return new RegExp(literal, "g");
  const before = /^\w/.test(secret) ? "(?<!\\w|\\w\\.)" : "";
  const after = /\w$/.test(secret) ? "(?!\\w|\\.\\w)" : "";
  return new RegExp(before + literal + after, "g");
}
