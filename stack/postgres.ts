import { type OwnedOptions, type OwnedServer, only, startOwned } from "./owned.ts";
import { host } from "./ports.ts";
import { credentials, query } from "./postgres/query.ts";
import { postgresServer } from "./postgres/servers.ts";

export interface PostgresOptions extends OwnedOptions {
  /** A free one unless told. */
  readonly port?: number;
}

/** A real PostgreSQL with logical replication, and the databases `shop` (seeded) and `warehouse` (empty). */
export interface Postgres extends OwnedServer {
  readonly host: string;
  readonly port: number;
  /** A superuser; passwords are checked. */
  readonly user: string;
  readonly password: string;
  jdbcUrl(database: "shop" | "warehouse"): string;
  /** Runs SQL and returns the rows of its last statement as text; a null is an empty text. */
  query(database: "shop" | "warehouse", sql: string): Promise<readonly (readonly string[])[]>;
}

/** Starts PostgreSQL on loopback and returns when it answers. See `startOwned`. */
export async function startPostgres(options: PostgresOptions = {}): Promise<Postgres> {
  const wanted = options.port === undefined ? { count: 1 } : { exactly: [options.port] };
  let port = 0;
  const servers = await startOwned("postgres", wanted, options, ({ dir, ports }) => {
    port = ports[0] ?? 0;
    return [postgresServer({ port, dir })];
  });
  return {
    host,
    port,
    ...credentials,
    jdbcUrl: (database) => `jdbc:postgresql://${host}:${port}/${database}`,
    query: (database, sql) => query({ port, database }, sql),
    ...only(servers),
  };
}
