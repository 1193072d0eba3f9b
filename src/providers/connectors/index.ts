import type { Provider } from "../provider.ts";
import { connectorDriver } from "./driver/index.ts";
import { connectorKind } from "./kind.ts";

/** Connectors of Kafka Connect. */
export const connectors: Provider = { kinds: [connectorKind], connect: connectorDriver };
