import type { TopicCreation } from "../../kafka.ts";
import { describeConfigs } from "./protocol/configs.ts";
import type { Session } from "./session.ts";

/** What a broker's own config says of topics that nobody describes in full. */
export async function topicCreation(session: Session): Promise<TopicCreation> {
  const config = await brokerConfig(session);
  const automatic = config.get("auto.create.topics.enable");
  return {
    automatic: automatic === undefined ? undefined : automatic === "true",
    partitions: positive(config.get("num.partitions")),
    replicationFactor: positive(config.get("default.replication.factor")),
  };
}

/** Empty if the broker doesn't tell this user. */
async function brokerConfig(session: Session): Promise<ReadonlyMap<string, string>> {
  const deadline = session.deadline();
  const { brokers } = await session.persist(deadline, () => session.cluster(deadline));
  const [broker] = brokers;
  if (broker === undefined) return new Map();
  // A broker tells its own config only; the static ones of a cluster are alike.
  const owner = { type: "broker", names: [String(broker.id)] } as const;
  const [answer] = await session.persist(deadline, () =>
    session.broker(broker.id)(describeConfigs, owner, deadline),
  );
  if (answer === undefined || answer.code !== 0) return new Map();
  return new Map(
    answer.configs.flatMap(({ key, value }) => (value === undefined || value === null ? [] : [[key, value]])),
  );
}

function positive(text: string | undefined): number | undefined {
  const number = Number(text);
  return Number.isInteger(number) && number > 0 ? number : undefined;
}
