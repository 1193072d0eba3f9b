// What any tool must ask at least to plan topics: their metadata and their configs, in two requests.
import kafkajs from "kafkajs";
import { withAdmin } from "./client.mjs";

await withAdmin(async (admin) => {
  const { topics } = await admin.fetchTopicMetadata();
  const resources = topics.map(({ name }) => ({ type: kafkajs.ConfigResourceTypes.TOPIC, name }));
  await admin.describeConfigs({ includeSynonyms: false, resources });
});
