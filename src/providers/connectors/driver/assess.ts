import pLimit from "p-limit";
import type { Evidence } from "../../../core/kind.ts";
import { type Change, nameOf } from "../../../core/model.ts";
import type { ConnectorSpec } from "../spec.ts";
import { isSink } from "../topics.ts";
import { PARALLEL } from "./check.ts";
import type { Ports } from "./facts.ts";

/** What a delete ends: whether it runs, and the topics that it has really used. */
export async function assessConnectors(
  ports: Ports,
  changes: readonly Change<ConnectorSpec>[],
): Promise<readonly Evidence[]> {
  const limit = pLimit(PARALLEL);
  return Promise.all(
    changes
      .filter((change) => change.action === "delete")
      .map(({ address, live }) =>
        limit(async (): Promise<Evidence> => {
          const topics = (await ports.get(live.spec.connect)?.activeTopics(nameOf(address))) ?? [];
          const running = live.spec.state === "running";
          const verb = isSink(live.spec) ? "reads" : "writes";
          const message = `it is running, and ${verb} ${topics.map((it) => `topic/${it}`).join(", ")}`;
          return {
            address,
            risks: running && topics.length > 0 ? [{ code: "in-use", message }] : [],
            facts: { running, topics },
          };
        }),
      ),
  );
}
