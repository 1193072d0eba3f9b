import type { Entry } from "../../../core/kind.ts";
import type { Position } from "../../../core/model.ts";
import { Secret } from "../../../core/secret.ts";

type Path = readonly string[];

/** A statement that is put together from fields of an entry. */
export interface Assembled {
  readonly text: string;
  place(offset: number, length: number): Position;
}

interface Piece {
  readonly text: string;
  /** The field that it comes from. */
  readonly path: Path;
  /** Where it stands: at the field's key or its value, or within the value, character by character. */
  readonly stands: "key" | "value" | "within";
}

/** The structured form of a stream, a table or a type as the statement that it stands for. */
export function assembled(entry: Entry, form: "stream" | "table" | "type"): Assembled {
  const pieces =
    form === "type"
      ? [fixed(`CREATE TYPE ${entry.key} AS `, []), field(entry, ["type"])]
      : sourcePieces(entry, form);
  return {
    text: pieces.map(({ text }) => text).join(""),
    place(offset, length) {
      let from = 0;
      for (const { text, path, stands } of pieces) {
        if (offset < from + text.length) {
          return stands === "within"
            ? entry.locateIn(path, offset - from, length)
            : entry.locate(path, stands);
        }
        from += text.length;
      }
      return entry.position;
    },
  };
}

function sourcePieces(entry: Entry, form: "stream" | "table"): readonly Piece[] {
  const properties = [
    ...named(entry, form, {
      topic: "KAFKA_TOPIC",
      format: "FORMAT",
      keyFormat: "KEY_FORMAT",
      valueFormat: "VALUE_FORMAT",
    }),
    ...keysAt(entry, [form, "with"]).map((key) => property(entry, [form, "with", key], key)),
  ];
  const columns = keysAt(entry, [form, "columns"]).map((name): readonly Piece[] => {
    const path = [form, "columns", name];
    return [fixed(`${name} `, path), field(entry, path)];
  });
  const last = columns.at(-1)?.[1]?.path ?? [];
  return [
    fixed(`CREATE ${form.toUpperCase()} ${entry.key}`, []),
    ...(columns.length === 0 ? [] : [fixed(" (", [form]), ...joined(columns), behind(")", last)]),
    fixed(" WITH (", [form]),
    ...joined(properties.map((piece) => [piece])),
    fixed(")", [form]),
  ];
}

function named(entry: Entry, form: string, names: Readonly<Record<string, string>>): readonly Piece[] {
  return Object.entries(names).flatMap(([key, name]) => {
    const path = [form, key];
    return entry.text(path) === undefined ? [] : [property(entry, path, name)];
  });
}

/** Numbers and booleans as they are; texts in quotes. */
function property(entry: Entry, path: Path, name: string): Piece {
  const text = textAt(entry, path);
  const bare = typeof valueAt(entry, path) === "string" ? `'${text.replaceAll("'", "''")}'` : text;
  return fixed(`${name}=${bare}`, path);
}

function joined(parts: readonly (readonly Piece[])[]): readonly Piece[] {
  return parts.flatMap((part, at) =>
    at === 0 ? part : [behind(", ", parts[at - 1]?.[0]?.path ?? []), ...part],
  );
}

function fixed(text: string, path: Path): Piece {
  return { text, path, stands: "key" };
}

/** What comes behind a field: where it is unexpected, the field's value isn't complete. */
function behind(text: string, path: Path): Piece {
  return { text, path, stands: "value" };
}

function field(entry: Entry, path: Path): Piece {
  return { text: textAt(entry, path), path, stands: "within" };
}

function textAt(entry: Entry, path: Path): string {
  const text = entry.text(path) ?? "";
  if (text instanceof Secret) throw new Error(`a secret in a section that allows none: ${path.join(".")}`);
  return text;
}

function valueAt(entry: Entry, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined),
    entry.value,
  );
}

function keysAt(entry: Entry, path: Path): readonly string[] {
  const value = valueAt(entry, path);
  return typeof value === "object" && value !== null ? Object.keys(value) : [];
}
