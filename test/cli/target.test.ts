import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { printRecording } from "../../src/clients/recorded/print.ts";
import { workplace } from "../builders/workplace.ts";
import { fileConnectors } from "../clients/recorded/file-connectors.ts";
import { recording } from "../clients/recorded/recordings.ts";

it("a group doesn't start on partitions that nobody selected, though a connector of the plan writes the topic", async () => {
  const user = await workplace();
  const file = join(user.folder, "cluster.json");
  await writeFile(
    file,
    printRecording({
      ...recording({ topics: { orders: { partitions: [{ replicas: [1] }] } } }),
      connect: { default: fileConnectors },
    }),
  );
  await user.write(`
apiVersion: kpipe.dev/v1
kind: Pipeline
metadata: { name: orders }
topics:
  orders: { partitions: 3 }
connectors:
  orders-source:
    class: org.apache.kafka.connect.file.FileStreamSourceConnector
    config: { topic: orders, file: /tmp/orders }
consumerGroups:
  billing: { topics: [orders], startFrom: earliest }
`);
  const apply = (...flags: readonly string[]) =>
    user.kpipe("apply", "--auto-approve", "--cluster", file, ...flags);
  const refused = await apply("--exclude", "topic/*");
  expect(refused.code).toBe(1);
  expect(refused.stderr).toMatch(/KP2153[\s\S]+has 1 partition of 3/);
  expect((await apply()).code).toBe(0);
  await user.remove();
});
