import { expect, test } from "vitest";
import { identify } from "../../src/cli/identify.ts";
import type { KsqlPort } from "../../src/clients/ksql.ts";
import { recordedCluster } from "../../src/clients/recorded/clients.ts";
import { recording } from "../clients/recorded/recordings.ts";

const document = { ...recording(), ksql: { version: "7.9.0", serviceId: "default_" } };
const { clients } = recordedCluster(document);
const { clusterId } = document.kafka;

test("every server tells who it is", async () => {
  expect(await identify(clients)).toEqual({
    clusterId,
    servers: [
      { name: "kafka", detail: `${clusterId} (1 broker)` },
      { name: "ksqlDB", detail: "7.9.0" },
    ],
  });
});

test("a ksqlDB that works on another Kafka is an error at its address", async () => {
  if (!clients.ksql) throw new Error("the recording lost its ksqlDB");
  const position = { file: "pipeline.yaml", line: 9, column: 16, length: 21 };
  const ksql: KsqlPort = {
    ...clients.ksql,
    position,
    server: async () => ({ version: "7.9.0", kafkaClusterId: "another", serviceId: "default_" }),
  };
  await expect(identify({ ...clients, ksql })).rejects.toMatchObject({
    diagnostics: [
      {
        code: "KP3059",
        message: `ksqlDB works on Kafka another, and connections.kafka is ${clusterId}`,
        position,
      },
    ],
  });
});
