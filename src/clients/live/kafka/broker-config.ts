import { describeConfigs } from "./protocol/configs.ts";
import type { Session } from "./session.ts";

const KEY = "auto.create.topics.enable";

/** Whether a broker creates a topic that somebody writes to; undefined if it doesn't tell this user. */
export async function createsTopics(session: Session): Promise<boolean | undefined> {
  const deadline = session.deadline();
  const { brokers } = await session.persist(deadline, () => session.cluster(deadline));
  const [broker] = brokers;
  if (broker === undefined) return undefined;
  // A broker tells its own config only; the static ones of a cluster are alike.
  const owner = { type: "broker", names: [String(broker.id)] } as const;
  const [answer] = await session.persist(deadline, () =>
    session.broker(broker.id)(describeConfigs, owner, deadline),
  );
  if (answer === undefined || answer.code !== 0) return undefined;
  const value = answer.configs.find(({ key }) => key === KEY)?.value;
  return value === undefined || value === null ? undefined : value === "true";
}
