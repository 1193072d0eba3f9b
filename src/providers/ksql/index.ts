import type { Provider } from "../provider.ts";
import { ksqlDriver } from "./driver/index.ts";
import { ksqlKinds } from "./kind.ts";

export const ksql: Provider = { kinds: ksqlKinds, connect: ksqlDriver };
