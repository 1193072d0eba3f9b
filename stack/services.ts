import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { kafkaServers, randomClusterId } from "./kafka/servers.ts";
import { stateDir } from "./paths.ts";
import type { ServerSpec } from "./server.ts";
import type { Settings } from "./settings.ts";
import { StackError } from "./stack-error.ts";

/** A name that `up` and `down` take: one server or several that belong together. */
export const serviceNames = ["kafka"] as const;
export type ServiceName = (typeof serviceNames)[number];

export interface Service {
  readonly name: ServiceName;
  /** What runs, for people; a service that runs as something else must go down first. */
  readonly description: string;
  readonly servers: readonly ServerSpec[];
}

/** Names as typed; all of them when there are none. */
export function parseNames(names: readonly string[]): readonly ServiceName[] {
  const unknown = names.filter((name) => !serviceNames.some((each) => each === name));
  if (unknown.length > 0) {
    throw new StackError(
      `There is no ${unknown.join(", ")} in the stack. It has: ${serviceNames.join(", ")}.`,
    );
  }
  return names.length === 0 ? serviceNames : serviceNames.filter((each) => names.includes(each));
}

/** The servers of a service under these settings, with their data in the state folder. */
export function serviceOf(name: ServiceName, settings: Settings, progress: (line: string) => void): Service {
  switch (name) {
    case "kafka": {
      const { version, brokers, ports } = settings;
      const layout = ports.brokers
        .slice(0, brokers)
        .map((broker, index) => ({ broker, controller: ports.controllers[index] ?? 0 }));
      // The data of one version or number of brokers is none for another.
      const dir = join(stateDir(), `kafka-${version}-x${brokers}`);
      const first = layout[0]?.broker;
      return {
        name,
        description: `Kafka ${version}, ${brokers === 1 ? "1 broker" : `${brokers} brokers`}, from port ${first}`,
        servers: kafkaServers({ version, clusterId: () => keptClusterId(dir), layout, dir, progress }),
      };
    }
  }
}

function keptClusterId(dir: string): string {
  const file = join(dir, "cluster-id");
  if (existsSync(file)) return readFileSync(file, "utf8").trim();
  const id = randomClusterId();
  writeFileSync(file, `${id}\n`);
  return id;
}
