import { expect, test } from "vitest";
import { statusPath } from "../../../../src/clients/live/ksql/status.ts";
import { subjectOf } from "../../../../src/clients/live/ksql/subject.ts";

test.each<[string, string, string, string]>([
  ["CREATE STREAM p (a INT) WITH (KAFKA_TOPIC='p');", "source", "P", "stream/`P`/create"],
  ["create or replace table t as select 1;", "source", "T", "table/`T`/create"],
  ["CREATE OR REPLACE SOURCE TABLE IF NOT EXISTS st (id INT);", "source", "ST", "table/`ST`/create"],
  ["CREATE STREAM `my-stream` (a INT);", "source", "my-stream", "stream/`my-stream`/create"],
  ['DROP STREAM "camelCase";', "source", "camelCase", "stream/camelCase/drop"],
  ["DROP TABLE IF EXISTS t DELETE TOPIC;", "source", "T", "table/T/drop"],
  ["ALTER STREAM p ADD COLUMN x INT;", "source", "P", "stream/P/alter"],
  ["INSERT INTO hv WITH (QUERY_ID='i') SELECT * FROM p;", "source", "HV", "stream/`HV`/create"],
  ["CREATE TYPE IF NOT EXISTS address AS STRUCT<a INT>;", "type", "ADDRESS", "type/ADDRESS/create"],
  ["DROP TYPE IF EXISTS address;", "type", "ADDRESS", "type/ADDRESS/drop"],
  ["TERMINATE ck_ins;", "query", "CK_INS", "terminate/CK_INS/execute"],
  ["pause `Q_1`;", "query", "Q_1", "pause/Q_1/execute"],
  ["RESUME Q_1;", "query", "Q_1", "resume/Q_1/execute"],
  ["-- CREATE TABLE a;\n/* DROP\nx */ CREATE -- y\n STREAM--z\n b;", "source", "B", "stream/`B`/create"],
])("%s", (text, kind, name, commandId) => {
  expect(subjectOf(text)).toEqual({ kind, name, commandId });
});

test.each([
  "SET 'a'='b';",
  "TERMINATE ALL;",
  "LIST STREAMS;",
  "CREATE",
  "CREATE SOURCE CONNECTOR c;",
  ";",
  "",
  "`",
])("no subject that can be looked at: %s", (text) => expect(subjectOf(text)).toBeUndefined());

test("the path of a status keeps the backticks, encoded", () => {
  expect(statusPath("stream/`my-stream`/create")).toBe("/status/stream/%60my-stream%60/create");
  expect(statusPath("stream/X/drop")).toBe("/status/stream/X/drop");
});
