import { startKafka } from "../../stack/cluster.ts";

// A program that starts a broker, says where, and never stops it.
const kafka = await startKafka();
process.stdout.write(`${kafka.bootstrap[0]}\n`);
