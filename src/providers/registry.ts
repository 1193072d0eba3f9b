import type { Provider } from "./provider.ts";

/** Every provider; schema, order of sections, claims, budgets and documentation derive from it. */
export const providers: readonly Provider[] = [];
