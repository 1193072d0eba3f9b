import type { ConnectorPlugin, ConnectPort } from "../../../clients/connect.ts";
import { familiesOf } from "../jdbc/families.ts";
import { isKnownPassword } from "../jdbc/findings.ts";
import type { IsPassword } from "../secrecy.ts";

export type Ports = ReadonlyMap<string, ConnectPort>;

/** What workers tell of their plugins; asked once a command. */
export interface Facts {
  plugins(connect: string): Promise<readonly ConnectorPlugin[]>;
  /** Which keys of a class hold passwords, as far as the worker or kpipe knows. */
  passwords(connect: string, connectorClass: string): Promise<IsPassword>;
}

export function factsFrom(ports: Ports): Facts {
  const plugins = new Map<string, Promise<readonly ConnectorPlugin[]>>();
  const passwords = new Map<string, Promise<IsPassword>>();
  return {
    plugins: (connect) => once(plugins, connect, async () => (await ports.get(connect)?.plugins()) ?? []),
    passwords: (connect, connectorClass) =>
      once(passwords, `${connect} ${connectorClass}`, async () => {
        // The keys of these are known, and need no request.
        if (familiesOf(connectorClass).length > 0) return isKnownPassword;
        const definitions = (await ports.get(connect)?.definitions(connectorClass)) ?? [];
        const keys = new Set(definitions.filter(({ type }) => type === "password").map(({ name }) => name));
        return (key) => keys.has(key) || isKnownPassword(key);
      }),
  };
}

function once<T>(asked: Map<string, Promise<T>>, key: string, ask: () => Promise<T>): Promise<T> {
  const known = asked.get(key);
  if (known !== undefined) return known;
  const answer = ask();
  asked.set(key, answer);
  return answer;
}

/** Connect takes the simple name of a class too, with or without `Connector` (Plugins.newConnector). */
export function answersTo({ class: full }: ConnectorPlugin, name: string): boolean {
  const simple = full.slice(full.lastIndexOf(".") + 1);
  return full === name || simple === name || simple === `${name}Connector`;
}
