import { inspect } from "node:util";

const SHOWN = "(secret)";

/**
 * A value that must never be shown. Every way a value becomes text (JSON, template strings, console,
 * util.inspect) gives `(secret)`; only `reveal` gives the value, and only clients call it.
 *
 * An `${env.NAME}` that is not set offline has no value: it is unresolved, and whatever it would be
 * compared with is unverifiable.
 */
export class Secret {
  readonly #value: string | undefined;
  /** The environment variables that the value is made of, for messages. */
  readonly variables: readonly string[];

  private constructor(value: string | undefined, variables: readonly string[]) {
    this.#value = value;
    this.variables = variables;
  }

  static of(value: string, variables: readonly string[] = []): Secret {
    return new Secret(value, variables);
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

  toString(): string {
    return SHOWN;
  }

  toJSON(): string {
    return SHOWN;
  }

  [inspect.custom](): string {
    return SHOWN;
  }
}
