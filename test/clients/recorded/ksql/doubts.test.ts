import { expect, test } from "vitest";
import { recordedCluster } from "../../../../src/clients/recorded/clients.ts";
import { recording } from "../recordings.ts";

const base = "CREATE STREAM s (id INT KEY, v INT) WITH (KAFKA_TOPIC='s', VALUE_FORMAT='JSON', PARTITIONS=1);";

test.each<[what: string, statement: string, notChecked: readonly string[]]>([
  ["what it understands", "CREATE STREAM t AS SELECT id, v FROM s;", []],
  [
    "a function that it doesn't know",
    "CREATE STREAM t AS SELECT id, MY_FUNCTION(v) AS f FROM s;",
    ["stream/T: the type of F isn't known without a server"],
  ],
  [
    "columns of a schema registry",
    "CREATE STREAM t WITH (KAFKA_TOPIC='t', VALUE_FORMAT='AVRO', PARTITIONS=1);",
    ["stream/T: a recording doesn't have the schema registry that tells its columns"],
  ],
  [
    "the columns of a table by several keys",
    "CREATE TABLE t AS SELECT * FROM s GROUP BY id;",
    ["table/T: its columns aren't known without a server"],
  ],
])("a recorded ksqlDB takes %s, and says what it couldn't judge", async (_, statement, notChecked) => {
  const document = { ...recording(), ksql: { version: "7.9.0", serviceId: "default_" } };
  const { clients } = recordedCluster(document);
  const statements = [base, statement].map((text) => ({ text, properties: {} }));
  expect(await clients.ksql?.check(statements)).toBeUndefined();
  expect(clients.notChecked()).toEqual(notChecked);
});
