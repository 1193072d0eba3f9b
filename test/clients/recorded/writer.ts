import { openRecording } from "../../../src/clients/recorded/clients.ts";

// A process that creates topics in a recording one by one, and says each name once it is kept.
const [, , file = "", prefix = "", count = "0"] = process.argv;
const { kafka } = await openRecording(file);
for (let at = 0; at < Number(count); at++) {
  const name = `${prefix}.${at}`;
  await kafka.createTopics([{ name, partitions: 1, replicationFactor: 1, config: new Map() }], "execute");
  process.stdout.write(`${name}\n`);
}
