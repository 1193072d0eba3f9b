import type { KsqlField, KsqlType } from "../../ksql.ts";
import type {
  FieldRecording,
  KsqlRecording,
  QueryRecording,
  SourceRecording,
  TypeRecording,
} from "../document.ts";
import { mapOf, namedOf } from "../named.ts";
import type { KsqlServerState, QueryState, SourceState } from "../state.ts";

/** The recording of a ksqlDB server in memory, its defaults filled in. */
export function ksqlState(recording: KsqlRecording, kafkaClusterId: string): KsqlServerState {
  return {
    version: recording.version,
    serviceId: recording.serviceId,
    kafkaClusterId: recording.kafkaClusterId ?? kafkaClusterId,
    sources: mapOf(recording.sources, sourceState),
    queries: mapOf(recording.queries, queryState),
    types: mapOf(recording.types, typeOf),
    sequence: recording.sequence ?? noCommand,
    nextQuery: recording.nextQuery ?? (recording.sequence ?? noCommand) + 1,
  };
}

/** The same as a section of a document, what is default left out. */
export function ksqlRecording(state: KsqlServerState, kafkaClusterId: string): KsqlRecording {
  return {
    version: state.version,
    serviceId: state.serviceId,
    ...(state.kafkaClusterId !== kafkaClusterId && { kafkaClusterId: state.kafkaClusterId }),
    ...(state.sources.size > 0 && { sources: namedOf(state.sources, sourceRecording) }),
    ...(state.queries.size > 0 && { queries: namedOf(state.queries, queryRecording) }),
    ...(state.types.size > 0 && { types: namedOf(state.types, typeRecording) }),
    ...(state.sequence !== noCommand && { sequence: state.sequence }),
    ...(state.nextQuery !== state.sequence + 1 && { nextQuery: state.nextQuery }),
  };
}

/** The first command has number 0. */
const noCommand = -2;

function sourceState({ windowType, from = [], fields, ...source }: SourceRecording): SourceState {
  return { ...source, windowType: windowType ?? null, from, fields: fields.map(fieldOf) };
}

function sourceRecording({ windowType, from, fields, ...source }: SourceState): SourceRecording {
  return {
    ...source,
    ...(windowType !== null && { windowType }),
    fields: fields.map(fieldRecording),
    ...(from.length > 0 && { from }),
  };
}

function fieldOf({ name, type, role, headerKey }: FieldRecording): KsqlField {
  return { name, type: typeOf(type), role: role ?? "value", headerKey: headerKey ?? null };
}

function fieldRecording({ name, type, role, headerKey }: KsqlField): FieldRecording {
  return {
    name,
    type: typeRecording(type),
    ...(role !== "value" && { role }),
    ...(headerKey !== null && { headerKey }),
  };
}

function typeOf(type: TypeRecording): KsqlType {
  if (typeof type === "string") return { type: "scalar", name: type };
  switch (type.type) {
    case "ARRAY":
    case "MAP":
      return { type: type.type, member: typeOf(type.member) };
    case "STRUCT":
      return { type: "STRUCT", fields: type.fields.map((it) => ({ name: it.name, type: typeOf(it.type) })) };
    case "DECIMAL":
      return type;
  }
}

function typeRecording(type: KsqlType): TypeRecording {
  switch (type.type) {
    case "scalar":
      return type.name;
    case "ARRAY":
    case "MAP":
      return { type: type.type, member: typeRecording(type.member) };
    case "STRUCT": {
      const fields = type.fields.map((it) => ({ name: it.name, type: typeRecording(it.type) }));
      return { type: "STRUCT", fields };
    }
    case "DECIMAL":
      return type;
  }
}

function queryState(query: QueryRecording): QueryState {
  const { text, sources = [], sinks = [], state = "running", errors = [], properties = {} } = query;
  return { text, sources, sinks, state, errors, properties };
}

function queryRecording({ text, sources, sinks, state, errors, properties }: QueryState): QueryRecording {
  return {
    text,
    ...(sources.length > 0 && { sources }),
    ...(sinks.length > 0 && { sinks }),
    ...(state !== "running" && { state }),
    ...(errors.length > 0 && { errors }),
    ...(Object.keys(properties).length > 0 && { properties }),
  };
}
