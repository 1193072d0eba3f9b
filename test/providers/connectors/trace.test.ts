import { expect, test } from "vitest";
import { traceLines } from "../../../src/providers/connectors/trace.ts";
import { transcript } from "../../replay/server.ts";

/** The trace of the first failed part in a recorded status. */
function recordedTrace(name: string): string {
  const found = /"trace":"((?:[^"\\]|\\.)*)"/.exec(JSON.stringify(transcript(name).body));
  return JSON.parse(`"${found?.[1] ?? ""}"`) as string;
}

test.each([
  [
    "a wrapper that says nothing is left out",
    recordedTrace("connect/075-status-failed-task"),
    [
      'org.apache.kafka.connect.errors.ConnectException: Table "no_such" is missing and auto-creation is disabled',
    ],
  ],
  [
    "one that repeats its cause is left out",
    recordedTrace("connect/088-status-failed-connector"),
    ['org.postgresql.util.PSQLException: FATAL: database "tmpdb" does not exist'],
  ],
  [
    "a single exception",
    "java.lang.ClassCastException: no string: null\n\tat a.B.c(B.java:1)\n",
    ["java.lang.ClassCastException: no string: null"],
  ],
  [
    "causes in order, three at most",
    ["a.A: 1", "\tat x", "Caused by: b.B: 2", "Caused by: c.C: 3", "\t... 11 more", "Caused by: d.D: 4"].join(
      "\n",
    ),
    ["a.A: 1", "b.B: 2", "c.C: 3"],
  ],
  ["nothing", "", []],
])("%s", (_case, trace, expected) => {
  expect(traceLines(trace)).toEqual(expected);
});

test("a long line is cut", () => {
  expect(traceLines(recordedTrace("connect/304-dbz-status-source"))[0]).toMatch(
    /^io\.debezium.{280,}\.\.\.$/,
  );
});
