import kafkajs, { type KafkaConfig } from "kafkajs";

/** How a probe reaches a listener; more than an address on secured ones. */
export type Access = Pick<KafkaConfig, "ssl" | "sasl">;

/**
 * Asks one broker for the cluster's metadata. Undefined once it answers and lists every one of `nodes`,
 * otherwise what is missing.
 */
export async function probeBroker(
  address: string,
  nodes: readonly number[],
  access: Access = {},
): Promise<string | undefined> {
  const admin = new kafkajs.Kafka({
    clientId: "kpipe-stack",
    brokers: [address],
    logLevel: kafkajs.logLevel.NOTHING,
    connectionTimeout: 3_000,
    requestTimeout: 5_000,
    retry: { retries: 0 },
    ...access,
  }).admin();
  try {
    await admin.connect();
    const { brokers } = await admin.describeCluster();
    const absent = nodes.filter((node) => !brokers.some(({ nodeId }) => nodeId === node));
    return absent.length === 0 ? undefined : `${address} does not list broker ${absent.join(", ")} yet`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await admin.disconnect().catch(() => {});
  }
}
