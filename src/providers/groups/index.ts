import type { Provider } from "../provider.ts";
import { groupDriver } from "./driver.ts";
import { groupKind } from "./kind.ts";

/** Consumer groups: where they start, their configs, and checks of them. */
export const groups: Provider = { kinds: [groupKind], connect: ({ kafka }) => groupDriver(kafka) };
