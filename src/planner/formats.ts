import { type Diagnostic, warning } from "../core/errors.ts";
import type { TopicFormat, ValueFormat } from "../core/kind.ts";
import type { Address, Desired, World } from "../core/model.ts";
import type { Lineage } from "./graph.ts";

interface Use extends TopicFormat {
  readonly by: Address;
}

/** Topics whose values one declared resource writes in another format than a declared reader expects. */
export function formatConflicts({ desired }: World, lineage: Lineage): readonly Diagnostic[] {
  const uses = [...desired.keys()].flatMap((by) =>
    (lineage.desired(by).formats ?? []).map((format): Use => ({ ...format, by })),
  );
  const writers = new Map<Address, Use[]>();
  for (const use of uses) {
    if (use.use === "writes") writers.set(use.topic, [...(writers.get(use.topic) ?? []), use]);
  }
  return uses
    .filter(({ use }) => use === "reads")
    .flatMap((reader) =>
      (writers.get(reader.topic) ?? [])
        .filter((writer) => !readable(writer.format, reader.format))
        .map((writer) => conflict(writer, reader, desired)),
    );
}

/** Whoever reads bytes or text takes anything. */
function readable(written: ValueFormat, expected: ValueFormat): boolean {
  return written === expected || expected === "bytes" || expected === "string";
}

function conflict(writer: Use, reader: Use, desired: Desired): Diagnostic {
  const message = `${writer.by} writes ${writer.topic} as ${names[writer.format]}, and ${reader.by} reads ${names[reader.format]}`;
  const remedies = [
    { use: writer, setting: writer.settings[reader.format] },
    { use: reader, setting: reader.settings[writer.format] },
  ].flatMap(({ use, setting }) => (setting === undefined ? [] : [`set ${setting} at ${use.by}`]));
  const next = remedies.length === 0 ? undefined : `${capital(remedies.join(", or "))}.`;
  return warning("KP2055", message, {
    address: reader.by,
    position: desired.get(writer.by)?.locate(writer.path),
    next,
  });
}

const names: Readonly<Record<ValueFormat, string>> = {
  json: "plain JSON",
  "json-envelope": "JSON in {schema, payload} envelopes",
  "json-schema": "JSON with a registered schema",
  avro: "Avro",
  protobuf: "Protobuf",
  string: "text",
  bytes: "bytes",
};

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
