import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { type ArtifactSet, fetchArtifacts } from "../artifacts.ts";
import { javaCommand } from "../java.ts";
import { host } from "../ports.ts";
import { defaultSignals, type ServerSpec } from "../server.ts";
import { StackError } from "../stack-error.ts";
import { probeBroker } from "./probe.ts";
import {
  brokerProperties,
  type KafkaVersion,
  type Layout,
  type Properties,
  renderProperties,
} from "./properties.ts";

export interface KafkaPlan {
  readonly version: KafkaVersion;
  /** Asked for when data folders are formatted. */
  readonly clusterId: () => string;
  readonly layout: Layout;
  readonly dir: string;
  readonly properties?: Properties;
  /** More for `kafka-storage format`, as SCRAM users. */
  readonly formatOptions?: readonly string[];
  /** The brokers that each broker must know before it counts as ready; all of them unless told. */
  readonly expected?: () => readonly number[];
  readonly progress?: (line: string) => void;
}

/** A cluster id as Kafka makes them: 16 random bytes in URL-safe base64, and no leading dash. */
export function randomClusterId(): string {
  const id = randomBytes(16).toString("base64url");
  return id.startsWith("-") ? randomClusterId() : id;
}

/** The brokers of a cluster as servers named `kafka-1`, `kafka-2`, ... */
export function kafkaServers(plan: KafkaPlan): readonly ServerSpec[] {
  const ids = plan.layout.map((_, index) => index + 1);
  return plan.layout.map((ports, index): ServerSpec => {
    const name = `kafka-${index + 1}`;
    const dir = join(plan.dir, name);
    return {
      name,
      dir,
      log: join(plan.dir, `${name}.log`),
      ports: [
        { owner: name, port: ports.broker },
        { owner: `${name} (controller)`, port: ports.controller },
      ],
      signals: defaultSignals,
      prepare: async () => {
        const jars = await fetchArtifacts(artifactsOf(plan.version), plan.progress);
        await mkdir(dir, { recursive: true });
        const file = join(dir, "server.properties");
        const data = join(dir, "data");
        const properties = brokerProperties(plan.layout, index, data, plan.version, plan.properties);
        await writeFile(file, renderProperties(properties));
        if (!existsSync(join(data, "meta.properties"))) {
          const options = ["-t", plan.clusterId(), "-c", file, ...(plan.formatOptions ?? [])];
          await format(jars, options);
        }
        return javaCommand(jars, "kafka.Kafka", [file]);
      },
      probe: () => probeBroker(`${host}:${ports.broker}`, plan.expected?.() ?? ids),
    };
  });
}

/** The jars of a broker of this version. */
function artifactsOf(version: KafkaVersion): ArtifactSet {
  return `kafka-${version}`;
}

async function format(jars: string, options: readonly string[]): Promise<void> {
  const { file: java, args } = javaCommand(jars, "kafka.tools.StorageTool", ["format", ...options]);
  await promisify(execFile)(java, args).catch((cause: unknown) => {
    const output = cause instanceof Error && "stderr" in cause ? String(cause.stderr) : String(cause);
    throw new StackError(`Kafka could not format its data folder:\n${output}`, { cause });
  });
}
