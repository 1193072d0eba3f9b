import kafkajs from "kafkajs";

/** Connects kafkajs to the broker named first on the command line, for one use. */
export async function withAdmin(use) {
  const client = new kafkajs.Kafka({
    brokers: [process.argv[2]],
    requestTimeout: 300_000,
    logLevel: kafkajs.logLevel.NOTHING,
  });
  const admin = client.admin();
  await admin.connect();
  await use(admin);
  await admin.disconnect();
}
