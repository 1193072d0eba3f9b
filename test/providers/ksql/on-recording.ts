import { applyChanges } from "../../../src/apply/apply.ts";
import type { Clients } from "../../../src/clients/clients.ts";
import { recordedCluster } from "../../../src/clients/recorded/clients.ts";
import type { KafkaRecording, KsqlRecording } from "../../../src/clients/recorded/document.ts";
import type { Driver, Kind } from "../../../src/core/kind.ts";
import { type Address, type Change, kindOf, type World } from "../../../src/core/model.ts";
import type { Pipeline } from "../../../src/core/pipeline.ts";
import { type Draft, draftPlan, type PlanOptions } from "../../../src/planner/draft.ts";
import { ksqlDriver } from "../../../src/providers/ksql/driver/index.ts";
import { ksqlKinds } from "../../../src/providers/ksql/kind.ts";
import { topicDriver } from "../../../src/providers/topics/driver.ts";
import { topicKind } from "../../../src/providers/topics/kind.ts";
import { recording } from "../../clients/recorded/recordings.ts";
import { head, lines, loaded } from "../../schema/loading.ts";

export const kinds: readonly Kind[] = [topicKind, ...ksqlKinds];
const byName = new Map(kinds.map((kind) => [kind.name, kind]));
const everything: PlanOptions = { prune: false, targets: [], excludes: [], base: new Set() };
const symbols = { create: "+", update: "~", replace: "±", delete: "-", operate: "!" };

/** What is wrong with a file, before any server is asked. */
export function wrongWith(body: string, files: Readonly<Record<string, string>> = {}): readonly string[] {
  return lines(loaded({ ...files, "pipeline.yaml": head + body }, { kinds }));
}

export function pipelineFrom(body: string, files: Readonly<Record<string, string>> = {}): Pipeline {
  const { pipeline, diagnostics } = loaded({ ...files, "pipeline.yaml": head + body }, { kinds });
  if (pipeline === undefined) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return pipeline;
}

/** A recorded cluster with ksqlDB, and kpipe's plans and applies on it. */
export interface OnRecording {
  readonly clients: Clients;
  /** Every statement that was executed, in order, on one line. */
  readonly executed: readonly string[];
  plan(body: string, options?: Partial<PlanOptions>): Promise<Planned>;
  /** Plans, applies, and says how each change ended. */
  apply(body: string, options?: Partial<PlanOptions>): Promise<readonly string[]>;
  /** Executes statements as somebody else would. */
  run(...statements: readonly string[]): Promise<void>;
}

export interface Planned {
  readonly draft: Draft;
  /** `~ stream/A  in place, by CREATE OR REPLACE`, in order. */
  readonly changes: readonly string[];
  /** `KP2201 pipeline.yaml:7:3 its HAVING changes`, what the servers object to included. */
  readonly faults: readonly string[];
  /** `check stream/A: its topic is gone` */
  readonly remarks: readonly string[];
  readonly orphans: readonly Address[];
}

export function onRecording(
  given: { readonly kafka?: Partial<KafkaRecording>; readonly ksql?: Partial<KsqlRecording> } = {},
  files: Readonly<Record<string, string>> = {},
): OnRecording {
  const { clients } = recordedCluster({
    ...recording(given.kafka),
    ksql: { version: "7.9.0", serviceId: "ksql_local", ...given.ksql },
  });
  const executed: string[] = [];
  const { ksql: server } = clients;
  if (server === undefined) throw new Error("the recording has a ksqlDB");
  const ksql: typeof server = {
    ...server,
    execute: (statement, waiting) => {
      const set = Object.entries(statement.properties).map(([key, value]) => `[${key}=${value}] `);
      executed.push(`${set.join("")}${statement.text.replaceAll(/\s+/g, " ")}`);
      return server.execute(statement, waiting);
    },
  };
  const pace = { patience: 30, doubt: 0 };
  const topics: Driver = topicDriver(clients.kafka, { pace, now: Date.now });
  const objects: Driver = ksqlDriver({ ...clients, ksql }, pace);
  const driverOf = (address: Address) => (kindOf(address) === "topic" ? topics : objects);

  async function planned(body: string, options: Partial<PlanOptions>) {
    const pipeline = pipelineFrom(body, files);
    const { desired, removed } = pipeline;
    const scope = { declared: new Set([...desired.keys(), ...removed.keys()]), claims: () => true, desired };
    const world: World = {
      desired,
      actual: new Map([...(await topics.read(scope)), ...(await objects.read(scope))]),
    };
    const draft = draftPlan(pipeline, world, byName, { ...everything, ...options });
    const of = (driver: Driver) => draft.changes.filter(({ address }) => driverOf(address) === driver);
    const verdicts = [await topics.check(of(topics), world), await objects.check(of(objects), world)];
    return { draft, world, diagnostics: [...draft.diagnostics, ...verdicts.flatMap((it) => it.diagnostics)] };
  }

  return {
    clients,
    executed,
    async plan(body, options = {}) {
      const { draft, diagnostics } = await planned(body, options);
      return {
        draft,
        changes: draft.changes.map(shortly),
        faults: diagnostics.map(({ code, message, position }) => {
          const place = position ? `${position.file}:${position.line}:${position.column} ` : "";
          return `${code} ${place}${message}`;
        }),
        remarks: draft.remarks.map(({ type, address, message }) => `${type} ${address}: ${message}`),
        orphans: draft.orphans.map(({ address }) => address),
      };
    },
    async apply(body, options = {}) {
      const { draft, world } = await planned(body, options);
      const said: string[] = [];
      const events = applyChanges({
        changes: draft.changes,
        world,
        driverOf,
        recheck: async () => new Map(),
        signal: new AbortController().signal,
        clock: () => 0,
      });
      for await (const event of events) {
        if (event.type === "done") said.push(`${event.change.address} ${event.message}`);
        if (event.type === "failed") {
          said.push(`${event.change.address} failed: ${event.diagnostic.code} ${event.diagnostic.message}`);
        }
        if (event.type === "skipped") said.push(`${event.change.address} skipped`);
      }
      return said;
    },
    async run(...statements) {
      for (const text of statements) {
        const outcome = await server.execute({ text, properties: {} }, () => {});
        if (!outcome.ok) throw new Error(`${outcome.refusal.message}: ${text}`);
      }
    },
  };
}

function shortly(change: Change): string {
  const manner = "manner" in change && change.manner !== undefined ? `  ${change.manner}` : "";
  return `${symbols[change.action]} ${change.address}${manner}`;
}
