import { connectors } from "./connectors/index.ts";
import { groups } from "./groups/index.ts";
import { ksql } from "./ksql/index.ts";
import type { Provider } from "./provider.ts";
import { topics } from "./topics/index.ts";

/** Every provider; schema, order of sections, claims, budgets and documentation derive from it. */
export const providers: readonly Provider[] = [topics, connectors, ksql, groups];
