import fc from "fast-check";
import type { Recording } from "../../src/clients/recorded/document.ts";
import type { Address } from "../../src/core/model.ts";
import { connectors, connectorView } from "./connectors.ts";
import { groups, groupView } from "./groups.ts";
import type { Part, View } from "./part.ts";
import { topics, topicView } from "./topics.ts";

/** One generator a section of the file. */
const parts: readonly fc.Arbitrary<Part>[] = [topics, connectors, groups];

/** What of a cluster plans may change, one function a kind. */
const views: readonly View[] = [topicView, connectorView, groupView];

/** A pipeline, and the cluster that it meets. */
export interface State {
  readonly pipeline: Readonly<Record<string, unknown>>;
  readonly recording: Recording;
}

const empty: Recording = {
  kind: "Recording",
  formatVersion: 1,
  kafka: {
    clusterId: "MkU3OEVBNTcwNTJENDM2Qk",
    brokers: [1, 2, 3].map((id) => ({ id, host: `broker-${id}`, port: 9092 })),
    createsTopics: false,
  },
};

/** Any state. Its budgets let everything go that is asked to go; `removes`: whether the file asks for that. */
export function stateWith({ removes }: { readonly removes: boolean }): fc.Arbitrary<State> {
  return fc.tuple(...parts).map((all) => ({
    pipeline: {
      apiVersion: "kpipe.dev/v1",
      kind: "Pipeline",
      metadata: { name: "shop" },
      claim: Object.assign({}, ...all.map(({ claim }) => claim)),
      policies: { deletes: Object.fromEntries(all.map(({ budget }) => [budget, 100])) },
      ...(removes && { removed: all.flatMap(({ removed }) => removed) }),
      ...Object.fromEntries(all.map(({ section, entries }) => [section, entries])),
    },
    recording: all.reduce((recording, { onto }) => onto(recording), empty),
  }));
}

/** Every resource of a recording as bytes, by address. */
export function holdingsOf(recording: Recording): ReadonlyMap<Address, string> {
  const entries = views.flatMap((view) => [...view(recording)]);
  return new Map(entries.map(([address, entry]) => [address, canonical(entry)]));
}

/** JSON with sorted keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, it) =>
    typeof it === "object" && it !== null && !Array.isArray(it)
      ? Object.fromEntries(Object.entries(it).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : it,
  );
}

/** The same value, its maps in the reverse order. */
export function reversed<T>(value: T): T;
export function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, it]) => [key, reversed(it)]),
  );
}
