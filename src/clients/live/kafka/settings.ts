import type { KafkaConnection } from "../../../core/connections.ts";
import { error, KpipeError } from "../../../core/errors.ts";
import { settingText } from "../tls.ts";
import { addressOf, type Endpoint } from "./link.ts";

export interface Brokers {
  readonly endpoints: readonly Endpoint[];
  /** By address, how messages call it: what came from a variable is called by the variable. */
  readonly labels: ReadonlyMap<string, string>;
}

/** The brokers of the file; one setting may hold several, separated by commas. */
export function brokersOf({ brokers, position }: KafkaConnection): Brokers {
  const labels = new Map<string, string>();
  const endpoints = brokers.flatMap((setting) => {
    const hidden = typeof setting === "string" ? undefined : variablesOf(setting.variables);
    return settingText(setting, position)
      .split(",")
      .map((part) => {
        const endpoint = endpointOf(part.trim());
        if (endpoint === undefined)
          throw new KpipeError(
            error("KP3014", `${hidden ?? `"${part.trim()}"`} is not an address of a broker`, {
              next: "Write HOST:PORT, as in `localhost:9092`.",
              position,
            }),
          );
        labels.set(addressOf(endpoint), hidden ?? addressOf(endpoint));
        return endpoint;
      });
  });
  if (endpoints.length === 0)
    throw new KpipeError(error("KP3014", "brokers is empty", { next: "Name at least one.", position }));
  return { endpoints, labels };
}

function variablesOf(names: readonly string[]): string {
  return names.length === 0 ? "(secret)" : names.map((name) => `\${env.${name}}`).join("");
}

/** `host:port`, or `[::1]:9092`. */
function endpointOf(text: string): Endpoint | undefined {
  const [, bracketed, plain, digits] = /^(?:\[([^\]]+)\]|([^:\s/]+)):(\d{1,5})$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  const port = Number(digits);
  return host === undefined || !(port >= 1 && port <= 65_535) ? undefined : { host, port };
}
