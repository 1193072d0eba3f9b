import { recordedCluster } from "../../src/clients/recorded/clients.ts";
import { fileConnectors } from "../clients/recorded/file-connectors.ts";
import { recording } from "../clients/recorded/recordings.ts";
import { connectContract } from "./connect.ts";

connectContract("a recorded Connect cluster", async () => {
  const document = { ...recording(), connect: { default: fileConnectors } };
  const connect = recordedCluster(document).clients.connect.get("default");
  if (!connect) throw new Error("the recording lost its Connect cluster");
  return { connect, kafkaClusterId: document.kafka.clusterId, close: () => connect.close() };
});
