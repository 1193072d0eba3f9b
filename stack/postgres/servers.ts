import { join } from "node:path";
import { host } from "../ports.ts";
import type { ServerSpec } from "../server.ts";
import { postgresUser, requirePostgres } from "./binaries.ts";
import { query } from "./query.ts";
import { initialise } from "./seed.ts";

export interface PostgresPlan {
  readonly port: number;
  readonly dir: string;
}

// Nobody minds what is lost when the machine itself goes down. A killed server still loses nothing.
const fast = ["fsync=off", "full_page_writes=off", "shared_buffers=32MB"];
const replication = ["wal_level=logical", "max_wal_senders=20", "max_replication_slots=20"];

/** PostgreSQL as a server named `postgres`, with the databases `shop` (seeded) and `warehouse` (empty). */
export function postgresServer({ port, dir }: PostgresPlan): ServerSpec {
  const network = [`listen_addresses=${host}`, `port=${port}`, "unix_socket_directories="];
  return {
    name: "postgres",
    dir,
    log: join(dir, "postgres.log"),
    ports: [{ owner: "postgres", port }],
    // Fast and immediate shutdown; a TERM would wait for the clients to leave, a KILL leaves shared memory behind.
    signals: { stop: "SIGINT", kill: "SIGQUIT" },
    prepare: async () => {
      const binaries = requirePostgres();
      const data = join(dir, "data");
      const user = postgresUser();
      await initialise({ binaries, dir, data, user });
      const settings = [...network, ...fast, ...replication].flatMap((setting) => ["-c", setting]);
      return {
        file: join(binaries, "postgres"),
        args: ["-D", data, ...settings],
        cwd: data,
        ...(user && { user }),
      };
    },
    probe: async () => {
      try {
        await query({ port, database: "shop" }, "SELECT 1");
        return undefined;
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
    },
  };
}
