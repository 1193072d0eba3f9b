import { recordedCluster } from "../../src/clients/recorded/clients.ts";
import { recording } from "../clients/recorded/recordings.ts";
import { ksqlContract } from "./ksql.ts";

ksqlContract("a recorded ksqlDB", async () => {
  const document = { ...recording(), ksql: { version: "7.9.0", serviceId: "default_" } };
  const { ksql } = recordedCluster(document).clients;
  if (!ksql) throw new Error("the recording lost its ksqlDB");
  return { ksql, kafkaClusterId: document.kafka.clusterId, close: () => ksql.close() };
});
