import { error } from "../core/errors.ts";
import type { Report } from "../core/kind.ts";
import type { Position } from "../core/model.ts";
import { Secret } from "../core/secret.ts";
import type { Files } from "./files.ts";
import { readText } from "./source.ts";

/** Where `${env.NAME}` comes from. */
export interface Environment {
  /**
   * The value of NAME, or the content of the file named by NAME_FILE, as a secret. One that is not set is an
   * error on a live cluster, and without a value offline.
   */
  secret(name: string, position: Position, report: Report): Secret;
}

/** The variables of the first source that sets them. */
export function environmentOf(
  sources: readonly Readonly<Record<string, string | undefined>>[],
  mode: "live" | "offline",
  files: Files,
): Environment {
  function lookUp(name: string): string | undefined {
    return sources
      .map((it) => (Object.hasOwn(it, name) ? it[name] : undefined))
      .find((it) => it !== undefined);
  }
  return {
    secret(name, position, report) {
      const value = lookUp(name);
      if (value !== undefined) return Secret.of(value, [name]);
      const file = lookUp(`${name}_FILE`);
      if (file !== undefined) return fromFile(files, file, name, position, report);
      if (mode === "live") {
        const next = `Set ${name}, give it in a file with --env-file, or name a file with its content in ${name}_FILE.`;
        report(error("KP1201", `${name} is not set`, { position, next }));
      }
      return Secret.unresolved([name]);
    },
  };
}

function fromFile(files: Files, file: string, name: string, position: Position, report: Report): Secret {
  const { text, diagnostics } = readText(files, file);
  const [fault] = diagnostics;
  if (fault) {
    const message = `${name}_FILE: ${fault.message}`;
    report(error("KP1201", message, { position, next: `Name a text file in ${name}_FILE, or set ${name}.` }));
  }
  if (fault || text === undefined) return Secret.unresolved([name]);
  return Secret.of(text.replace(/\r?\n$/, ""), [name]);
}
