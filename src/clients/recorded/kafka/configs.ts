import type { KafkaFailure } from "../../kafka.ts";
import { judgeValue } from "../config-values.ts";
import type { ConfigKey } from "../document.ts";
import { hashOrder } from "./hash-order.ts";
import { refusal } from "./refusal.ts";

type Keys = ReadonlyMap<string, ConfigKey>;
type Config = ReadonlyMap<string, string | null>;

/**
 * What a broker refuses in the configs that a topic or group would have: unknown names first, then the
 * first bad value in the order of the definitions, then settings that contradict each other.
 */
export function refusedConfig(sort: "topic" | "group", keys: Keys, config: Config): KafkaFailure | undefined {
  const unknown = hashOrder(config.keys()).find((name) => !keys.has(name));
  if (unknown !== undefined) return refusal(40, `Unknown ${sort} config name: ${unknown}`);
  for (const [name, key] of keys) {
    const text = config.get(name);
    const judged = typeof text === "string" ? judgeValue(name, key, text) : undefined;
    if (judged && "refused" in judged) return refusal(40, judged.refused);
  }
  return sort === "topic" ? contradiction(keys, config) : undefined;
}

/** Values as the broker stores them; those that no key judges stay as they are. */
export function normalConfig(keys: Keys, config: ReadonlyMap<string, string>): Map<string, string> {
  return new Map(
    [...config].map(([name, text]) => {
      const key = keys.get(name);
      const judged = key && judgeValue(name, key, text);
      return [name, judged && "value" in judged ? judged.value : text];
    }),
  );
}

function contradiction(keys: Keys, config: Config): KafkaFailure | undefined {
  const [least, most] = ["min.compaction.lag.ms", "max.compaction.lag.ms"].map((name) => {
    const value = config.get(name) ?? keys.get(name)?.default ?? "";
    return /^\s*[+-]?\d+\s*$/.test(value) ? BigInt(value) : undefined;
  });
  if (least === undefined || most === undefined || least <= most) return undefined;
  return refusal(
    40,
    `conflict topic config setting min.compaction.lag.ms (${least}) > max.compaction.lag.ms (${most})`,
  );
}
