import type { Provider } from "../provider.ts";
import { topicDriver } from "./driver.ts";
import { topicKind } from "./kind.ts";

export const topics: Provider = {
  kinds: [topicKind],
  connect: ({ kafka }) => topicDriver(kafka),
};
