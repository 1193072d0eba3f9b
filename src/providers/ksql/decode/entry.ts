import { error } from "../../../core/errors.ts";
import type { Entry, Report, SourceFile } from "../../../core/kind.ts";
import type { Value } from "../../../core/model.ts";
import { type KsqlPolicy, type KsqlResource, offsets, upgrades } from "../spec.ts";
import { resourceFrom } from "./resource.ts";
import { type Place, type Written, writtenIn } from "./statements.ts";
import { assembled } from "./structured.ts";

const forms = ["stream", "table", "type", "sql", "file"] as const;

/** One entry of `ksql` as a resource; what is wrong with it whatever the server has goes to `report`. */
export function ksqlFromEntry(entry: Entry, report: Report): readonly KsqlResource[] {
  const given = forms.filter((form) => entry.value[form] !== undefined);
  const [form] = given;
  if (form === undefined || given.length > 1) {
    const message =
      form === undefined ? "says nothing about what it is" : `has ${given.join(" and ")} at once`;
    report(error("KP1270", message, { position: entry.position }));
    return [];
  }
  const source = sourceOf(entry, form);
  if (source === undefined) return [];
  const written = writtenIn(source.text, source.place, report);
  const [only, second] = written;
  if (only === undefined || second !== undefined) {
    const message = second === undefined ? "no statement that declares something" : "a second statement";
    const position = second?.place(0, 1) ?? source.place(0, 1);
    report(error("KP1278", message, { position }));
    return [];
  }
  const resource = resourceFrom(
    only,
    {
      key: { text: entry.key, position: entry.position },
      policy: policyFrom(entry.value),
      properties: propertiesFrom(entry),
      // A statement in a file of its own is found there, any other by its key.
      position: form === "file" ? only.place(0, 1) : entry.position,
      locate: (path) => entry.locate(path),
    },
    report,
  );
  return resource ? [resource] : [];
}

/** Every statement of a file under its own name. */
export function ksqlFromFile(
  source: SourceFile,
  defaults: Entry["value"],
  report: Report,
): readonly KsqlResource[] {
  const policy = policyFrom(defaults);
  const { properties } = defaults;
  return writtenIn(source.text, source.locate, report).flatMap((written: Written) => {
    const resource = resourceFrom(written, { policy, properties: textsOf(properties) }, report);
    return resource ? [resource] : [];
  });
}

function sourceOf(
  entry: Entry,
  form: (typeof forms)[number],
): { readonly text: string; readonly place: Place } | undefined {
  switch (form) {
    case "stream":
    case "table":
    case "type":
      return assembled(entry, form);
    case "sql": {
      const text = entry.text(["sql"]);
      const place: Place = (offset, length) => entry.locateIn(["sql"], offset, length);
      return typeof text === "string" ? { text, place } : undefined;
    }
    case "file": {
      const source = entry.read(["file"]);
      return source && { text: source.text, place: source.locate };
    }
  }
}

function policyFrom({ protect, upgrade, onReplace }: Entry["value"]): KsqlPolicy {
  const start = isMap(onReplace) ? onReplace.offsets : undefined;
  return {
    protect: protect === true,
    upgrade: upgrades.find((it) => it === upgrade) ?? "in-place",
    offsets: offsets.find((it) => it === start) ?? null,
  };
}

/** As written: `10` and `010` keep their digits. */
function propertiesFrom(entry: Entry): Readonly<Record<string, string>> {
  const { properties } = entry.value;
  const keys = isMap(properties) ? Object.keys(properties) : [];
  return Object.fromEntries(keys.map((key) => [key, String(entry.text(["properties", key]) ?? "")]));
}

function textsOf(value: Value | undefined): Readonly<Record<string, string>> {
  return isMap(value) ? Object.fromEntries(Object.entries(value).map(([key, it]) => [key, String(it)])) : {};
}

function isMap(value: Value | undefined): value is { readonly [key: string]: Value } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
