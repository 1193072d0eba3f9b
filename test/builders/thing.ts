import type { Kind, Links, Section } from "../../src/core/kind.ts";
import {
  type Address,
  addressOf,
  type FieldChange,
  type Live,
  type Resource,
  type World,
} from "../../src/core/model.ts";
import type { Pipeline } from "../../src/core/pipeline.ts";

/** A kind that knows nothing of Kafka: planner and executor must work with it, or they know too much. */
export type Thing = {
  readonly value: number;
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  readonly owns: readonly string[];
};

const section: Section = {
  key: "things",
  claimKey: "things",
  budget: { key: "thing", deletes: 1 },
  schema: {},
  secrets: false,
  decode: () => [],
};

export const thingKind: Kind<Thing> = {
  name: "thing",
  plural: "things",
  section,
  hidden: ["_*"],
  ignoresCase: false,
  diff(live, desired) {
    if (live.spec.value === desired.spec.value) {
      const fields = live.health.map(
        ({ path, message }): FieldChange => ({
          path,
          before: "FAILED",
          after: "RUNNING",
          effect: "operate",
          reason: message,
        }),
      );
      return { fields, remarks: [] };
    }
    const shrinks = desired.spec.value < live.spec.value;
    return {
      fields: [
        {
          path: ["value"],
          before: live.spec.value,
          after: desired.spec.value,
          effect: shrinks ? "refuse" : desired.spec.value >= 100 ? "replace" : "update",
          ...(shrinks && { reason: "things only grow" }),
        },
      ],
      remarks: [],
    };
  },
  links: (spec) => ({ reads: spec.reads, writes: spec.writes, owns: spec.owns }) as Links,
  risks: () => [],
  summary: (spec) => [{ path: ["value"], value: spec.value }],
  show: (_path, value) => String(value),
};

export const thingKinds: ReadonlyMap<string, Kind> = new Map([["thing", thingKind]]);

interface Given extends Partial<Thing> {
  readonly protect?: boolean;
  readonly ill?: string;
}

function specOf({ value = 1, reads = [], writes = [], owns = [] }: Given): Thing {
  return { value, reads, writes, owns };
}

/** `world({ a: {...} }, { b: {...} })`: what is declared, and what is there. */
export function world(
  desired: Readonly<Record<string, Given>>,
  actual: Readonly<Record<string, Given>>,
): World {
  return {
    desired: new Map(
      Object.entries(desired).map(([name, given], index): [Address, Resource] => {
        const address = addressOf("thing", name);
        const position = { file: "pipeline.yaml", line: index + 1, column: 1, length: name.length };
        const policy = { protect: given.protect ?? false };
        return [address, { address, spec: specOf(given), policy, position, locate: () => position }];
      }),
    ),
    actual: new Map(
      Object.entries(actual).map(([name, given]): [Address, Live] => {
        const address = addressOf("thing", name);
        const health = given.ill === undefined ? [] : [{ path: ["task", "0"], message: given.ill }];
        return [address, { address, spec: specOf(given), health }];
      }),
    ),
  };
}

/** A pipeline around a world; by default it claims everything. */
export function pipelineOf({ desired }: World, over: Partial<Pipeline> = {}): Pipeline {
  return {
    name: "test",
    owner: undefined,
    connections: {},
    desired,
    claim: { patterns: { things: ["*"] }, protect: {} },
    removed: new Map(),
    deletes: {},
    ...over,
  };
}
