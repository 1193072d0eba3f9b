import type { Clients } from "../../../clients/clients.ts";
import type { Driver } from "../../../core/kind.ts";
import type { ConnectorSpec } from "../spec.ts";
import { applyConnectors } from "./apply.ts";
import { assessConnectors } from "./assess.ts";
import { checkConnectors } from "./check.ts";
import { factsFrom } from "./facts.ts";
import { readConnectors } from "./read.ts";
import { settleConnectors } from "./settle.ts";

/** Reads and changes the connectors of every Connect cluster of the file. */
export function connectorDriver({ connect, kafka }: Clients): Driver<ConnectorSpec> {
  const facts = factsFrom(connect);
  return {
    read: (scope) => readConnectors(connect, kafka, facts, scope),
    settle: (resources, actual) => settleConnectors(connect, facts, resources, actual),
    check: (changes, world) => checkConnectors(connect, kafka, facts, changes, world),
    assess: (changes) => assessConnectors(connect, changes),
    apply: (changes, _world, signal) => applyConnectors(connect, facts, changes, signal),
  };
}
