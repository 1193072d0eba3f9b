import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { type KafkaVersion, kafkaVersions } from "./kafka/properties.ts";
import type { SecuredPorts } from "./secured/servers.ts";
import { StackError } from "./stack-error.ts";

/** What `up` was asked for. */
export interface Settings {
  readonly version: KafkaVersion;
  readonly brokers: 1 | 3;
  readonly ports: StackPorts;
  /** Folders of plugin folders that the Connect worker gets besides its own. */
  readonly plugins: readonly string[];
}

interface StackPorts {
  readonly brokers: readonly [number, number, number];
  readonly controllers: readonly [number, number, number];
  readonly secured: SecuredPorts;
  readonly connect: number;
  readonly postgres: number;
}

export interface UpOptions {
  readonly kafka: string;
  readonly brokers: string;
  readonly portBase?: string;
  readonly plugins?: readonly string[];
}

/** Options as typed to settings; `KPIPE_STACK_PORT_BASE` where no `--port-base` was given. */
export function settingsFrom(options: UpOptions, env: NodeJS.ProcessEnv = process.env): Settings {
  const version = kafkaVersions.find((each) => each === options.kafka);
  if (version === undefined) {
    throw new StackError(`--kafka ${options.kafka}: the stack has ${kafkaVersions.join(" and ")}.`);
  }
  if (options.brokers !== "1" && options.brokers !== "3") {
    throw new StackError(`--brokers ${options.brokers}: 1, or 3 for replication factors and reassignment.`);
  }
  const plugins = (options.plugins ?? []).map((folder) => resolve(folder));
  const absent = plugins.find((folder) => !existsSync(folder));
  if (absent !== undefined) throw new StackError(`--plugins ${absent}: there is no such folder.`);
  const base = options.portBase ?? env.KPIPE_STACK_PORT_BASE;
  return { version, brokers: options.brokers === "3" ? 3 : 1, ports: portsFrom(base), plugins };
}

/** The usual ports of each server, or a hundred from `base` on. */
function portsFrom(base: string | undefined): StackPorts {
  if (base === undefined || base === "") {
    return {
      brokers: [9092, 9093, 9094],
      controllers: [9192, 9193, 9194],
      secured: { sasl: 9292, tls: 9293, mtls: 9294, controller: 9295 },
      connect: 8083,
      postgres: 5432,
    };
  }
  const first = Number(base);
  if (!Number.isInteger(first) || first < 1024 || first > 65_400) {
    throw new StackError(`Port base ${base}: a whole number from 1024 to 65400.`);
  }
  return {
    brokers: [first, first + 1, first + 2],
    controllers: [first + 10, first + 11, first + 12],
    secured: { sasl: first + 20, tls: first + 21, mtls: first + 22, controller: first + 23 },
    connect: first + 30,
    postgres: first + 31,
  };
}
