// What any tool must do at least to create topics of 3 partitions and a config: send them, 1,000 in a request, and
// see them in the metadata.
import { withAdmin } from "./client.mjs";

const [, , , prefix, count] = process.argv;

await withAdmin(async (admin) => {
  const topics = Array.from({ length: Number(count) }, (_, i) => ({
    topic: `${prefix}.${i}`,
    numPartitions: 3,
    replicationFactor: 1,
    configEntries: [{ name: "retention.ms", value: "604800000" }],
  }));
  for (let from = 0; from < topics.length; from += 1000) {
    await admin.createTopics({
      topics: topics.slice(from, from + 1000),
      timeout: 60_000,
      waitForLeaders: false,
    });
  }
});
