import { test } from "vitest";
import { ksqlContract } from "../contract/ksql.ts";
import { openKsql } from "./live-ksql.ts";

const { KPIPE_TEST_KSQL_URL: url, KPIPE_TEST_KAFKA: brokers } = process.env;

// ksqlDB's jars are in no public repository, so a running server is given, with the Kafka that it works on.
if (url === undefined || brokers === undefined) {
  test.skip("a running ksqlDB: set KPIPE_TEST_KSQL_URL and KPIPE_TEST_KAFKA", () => {});
} else {
  ksqlContract(`the ksqlDB at ${url}`, (run) => openKsql(url, brokers.split(","), run));
}
