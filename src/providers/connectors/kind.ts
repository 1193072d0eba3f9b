import type { Field, Kind, Section } from "../../core/kind.ts";
import { connectorFromEntry } from "./decode.ts";
import { connectorDiff } from "./diff.ts";
import { connectorLinks } from "./links.ts";
import { connectorRisks } from "./risks.ts";
import { connectorDefaultsSchema, connectorSchema } from "./schema.ts";
import { type ConnectorPolicy, type ConnectorSpec, DEFAULT_CONNECT, isJdbcType } from "./spec.ts";

const section: Section = {
  key: "connectors",
  claimKey: "connectors",
  budget: { key: "connector", deletes: 1 },
  defaults: { key: "connector", schema: connectorDefaultsSchema },
  schema: connectorSchema,
  secrets: true,
  server: "connect",
  decode: connectorFromEntry,
};

export const connectorKind: Kind<ConnectorSpec, ConnectorPolicy> = {
  name: "connector",
  plural: "connectors",
  section,
  hidden: [],
  ignoresCase: false,
  diff: connectorDiff,
  links: connectorLinks,
  risks: connectorRisks,
  summary,
  show: (_path, value) => String(value),
};

function summary({ connect, class: connectorClass, config, state }: ConnectorSpec): readonly Field[] {
  return [
    { path: [isJdbcType(connectorClass) ? "type" : "class"], value: connectorClass },
    ...(connect === DEFAULT_CONNECT ? [] : [{ path: ["connect"], value: connect }]),
    ...Object.entries(config).map(([key, value]) => ({ path: ["config", key], value })),
    ...(state === "running" ? [] : [{ path: ["state"], value: state }]),
  ];
}
