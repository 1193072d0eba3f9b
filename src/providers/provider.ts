import type { Clients } from "../clients/clients.ts";
import type { Driver, Kind } from "../core/kind.ts";

/** A pure part and an I/O part. Kinds that are read and written together share a provider. */
export interface Provider {
  readonly kinds: readonly Kind[];
  connect(clients: Clients): Driver;
}
