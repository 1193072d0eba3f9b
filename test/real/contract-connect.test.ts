import { inject } from "vitest";
import { connectCluster } from "../../src/clients/live/connect/index.ts";
import { startConnect } from "../../stack/connect.ts";
import { connectContract } from "../contract/connect.ts";

connectContract("a real Connect worker", async () => {
  const worker = await startConnect({ bootstrap: inject("kafka").bootstrap });
  const connect = connectCluster(
    {
      url: worker.url,
      auth: { type: "none" },
      position: { file: "pipeline.yaml", line: 1, column: 1, length: 1 },
    },
    { timeoutMs: 10_000, patienceMs: 60_000 },
  );
  return {
    connect,
    kafkaClusterId: inject("kafka").clusterId,
    close: async () => {
      await connect.close();
      await worker.stop();
    },
  };
});
