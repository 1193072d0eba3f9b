import { readFileSync } from "node:fs";
import type {
  ConfigChange,
  KafkaPort,
  NewPartitions,
  NewTopic,
  Reassignment,
  Results,
} from "../../src/clients/kafka.ts";

/** One request as JSON, and what a real broker answered to it per name. */
export interface RefusalRow {
  readonly name: string;
  readonly request: Request;
  /** A message of null: the broker gave none, and the port may say what it likes. */
  readonly answers: Readonly<
    Record<string, "ok" | { readonly code: number; readonly message: string | null }>
  >;
}

type Config = Readonly<Record<string, string>>;
interface Change {
  readonly name: string;
  readonly set: Config;
  readonly reset: readonly string[];
}
type Request =
  | {
      readonly createTopics: readonly (Partial<Omit<NewTopic, "config">> & {
        name: string;
        config?: Config;
      })[];
    }
  | { readonly createPartitions: readonly NewPartitions[] }
  | { readonly alterTopicConfigs: readonly Change[] }
  | { readonly alterGroupConfigs: readonly Change[] }
  | { readonly deleteTopics: readonly string[] }
  | { readonly deleteGroups: readonly string[] }
  | { readonly reassign: readonly Reassignment[] }
  | {
      readonly commit: {
        readonly group: string;
        readonly offsets: readonly { topic: string; partition: number; offset: string }[];
      };
    };

/** The closed list of what a broker refuses, `{run}` standing for the prefix of this run's names. */
export function refusalRows(file: "topics" | "topic-configs" | "groups", run: string): readonly RefusalRow[] {
  const text = readFileSync(new URL(`./refusals/${file}.json`, import.meta.url), "utf8")
    .replaceAll("{run}", run)
    .replaceAll(/\{(249|250)\}/g, (_, length) => run.padEnd(Number(length), "x"));
  const { rows }: { readonly rows: readonly RefusalRow[] } = JSON.parse(text);
  return rows;
}

/** Asks a port; what can be validated is not executed. */
export function send(kafka: KafkaPort, request: Request): Promise<Results> {
  if ("createTopics" in request)
    return kafka.createTopics(
      request.createTopics.map(({ config = {}, ...topic }) => ({
        partitions: 1,
        replicationFactor: 1,
        ...topic,
        config: new Map(Object.entries(config)),
      })),
      "validate",
    );
  if ("createPartitions" in request) return kafka.createPartitions(request.createPartitions, "validate");
  if ("alterTopicConfigs" in request)
    return kafka.alterTopicConfigs(request.alterTopicConfigs.map(change), "validate");
  if ("alterGroupConfigs" in request)
    return kafka.alterGroupConfigs(request.alterGroupConfigs.map(change), "validate");
  if ("deleteTopics" in request) return kafka.deleteTopics(request.deleteTopics);
  if ("deleteGroups" in request) return kafka.deleteGroups(request.deleteGroups);
  if ("reassign" in request) return kafka.reassign(request.reassign);
  const { group, offsets } = request.commit;
  return kafka.commit(
    group,
    offsets.map(({ offset, ...at }) => ({ ...at, offset: BigInt(offset) })),
  );
}

function change({ name, set, reset }: Change): ConfigChange {
  return { name, set: new Map(Object.entries(set)), reset };
}

/** The results as a row writes them, so that the two compare; general descriptions become null. */
export function answers(results: Results, row: RefusalRow): RefusalRow["answers"] {
  return Object.fromEntries(
    [...results].map(([name, result]) => {
      if (result.ok) return [name, "ok"];
      const expected = row.answers[name];
      const wordless = expected !== undefined && expected !== "ok" && expected.message === null;
      return [name, { code: result.error.code, message: wordless ? null : result.error.message }];
    }),
  );
}
