import { afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Fault } from "../../kafka/proxy.ts";
import type { Asked } from "./connect-proxy.ts";
import type { Declared, Given, User } from "./given.ts";

interface Step {
  readonly what: string;
  readonly declared: (user: User) => Declared;
  /** The broker's request, and how many of its sort the plan sends: they only validate. */
  readonly api: number;
  readonly passing: number;
  readonly asked: Asked;
}

const kept = "{}";

/** Each from where the one before ended: one topic and one connector from their creation to their end. */
const steps: readonly Step[] = [
  {
    what: "create",
    api: 19,
    passing: 1,
    asked: "POST /connectors",
    declared: () => ({
      topics: { kept, orders: "{ config: { retention.ms: 7d } }" },
      sources: { numbers: {} },
    }),
  },
  {
    what: "more partitions, another connector config",
    api: 37,
    passing: 1,
    asked: "PUT /connectors/*/config",
    declared: () => ({
      topics: { kept, orders: "{ partitions: 3, config: { retention.ms: 7d } }" },
      sources: { numbers: { config: { "batch.size": "100" } } },
    }),
  },
  {
    what: "another topic config, another state",
    api: 44,
    passing: 1,
    asked: "PUT /connectors/*/stop",
    declared: () => ({
      topics: { kept, orders: "{ partitions: 3, config: { retention.ms: 8d } }" },
      sources: { numbers: { config: { "batch.size": "100" }, state: "stopped" } },
    }),
  },
  {
    what: "delete",
    api: 20,
    passing: 0,
    asked: "DELETE /connectors/*",
    declared: ({ prefix }) => ({
      topics: { kept, lines: "{}" },
      removed: [`topic/${prefix}orders`, `connector/${prefix}numbers`],
    }),
  },
];

const faults: readonly [string, Fault][] = [
  ["is lost", "lose"],
  ["breaks off in the middle", "cut"],
  ["never comes", "silence"],
];

/** The server does the work, and kpipe doesn't hear it: found out by the same apply. */
export function lostAnswers(given: Given): void {
  describe.each(faults)("an answer that %s after the work was done is found out", (_, fault) => {
    let user: User;
    beforeAll(async () => {
      user = await given.user();
      await user.declare({ topics: { kept, lines: "{}" } });
      await user.converges();
    });
    afterEach(async () => {
      given.kafka().heal();
      given.connect().heal();
      await given.expectOthersUntouched();
    });

    it.each(steps)("$what", async ({ declared, api, passing, asked }) => {
      await user.declare(declared(user));
      const spoiled = () => [given.kafka().spoiled(), given.connect().spoiled()];
      const [broker = 0, worker = 0] = spoiled();
      given.kafka().spoil(api, fault, { passing });
      given.connect().spoil(asked, fault);
      await user.converges();
      expect(spoiled()).toEqual([broker + 1, worker + 1]);
    });
  });
}
