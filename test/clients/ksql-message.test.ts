import { expect, test } from "vitest";
import { type Said, saidBy } from "../../src/clients/ksql-message.ts";

/** What a command that failed tells: the trace of the exception, with the statement in it. */
const trace = `io.confluent.ksql.util.KsqlStatementException: Cannot add stream 'X': A stream with the same name already exists
Statement: CREATE STREAM X AS SELECT *
FROM Y Y
EMIT CHANGES;
\tat io.confluent.ksql.engine.EngineExecutor.execute(EngineExecutor.java:1)
\tat java.base/java.lang.Thread.run(Thread.java:829)
Caused by: io.confluent.ksql.util.KsqlException: Cannot add stream 'X': A stream with the same name already exists
\tat io.confluent.ksql.ddl.commands.DdlCommandExec.execute(DdlCommandExec.java:2)
\t... 12 more
Caused by: org.apache.kafka.common.errors.TimeoutException: the broker is away
\t... 14 more
`;

test.each<[string, string, Said]>([
  [
    "the trace of a failed command",
    trace,
    { message: "Cannot add stream 'X': A stream with the same name already exists: the broker is away" },
  ],
  [
    "a statement that could not be written",
    "Could not write the statement 'CREATE STREAM X\nAS SELECT 'a' FROM Y;' into the command topic.\nCaused by: The coordinator is not\n\tavailable.",
    { message: "Could not write the statement into the command topic: The coordinator is not available." },
  ],
  [
    "a syntax error",
    "line 1:8: Syntax Error\nSyntax error at or near 'STREM' at line 1:8",
    {
      message: "Syntax error at or near 'STREM'",
      line: 1,
      column: 8,
    },
  ],
  [
    "a syntax error that says no more",
    "line 12:61: Syntax Error\n",
    {
      message: "Syntax error",
      line: 12,
      column: 61,
    },
  ],
  [
    "a place in the middle",
    "Could not determine output schema for query due to error: Line: 3, Col: 33: SELECT column 'A' cannot be resolved.",
    { message: "SELECT column 'A' cannot be resolved.", line: 3, column: 33 },
  ],
  [
    "a place of an argument",
    "Illegal argument at Line: 1, Col: 10. Source names may only contain alphanumeric values, '_' or '-'. Got: 'a.b'",
    {
      message: "Source names may only contain alphanumeric values, '_' or '-'. Got: 'a.b'",
      line: 1,
      column: 10,
    },
  ],
  [
    "several reasons",
    "Cannot upgrade data source: A has x\n\tAND B has y",
    {
      message: "Cannot upgrade data source: A has x; B has y",
    },
  ],
  [
    "empty lists",
    "The following queries read from this source: [].\nThe following queries write into this source: [Q].",
    {
      message: "The following queries write into this source: [Q].",
    },
  ],
  ["nothing", "", { message: "" }],
  ["a novel", "x".repeat(5_000), { message: `${"x".repeat(2_000)}...` }],
])("%s", (_, message, said) => {
  expect(saidBy(message)).toEqual(said);
});

test.each([
  "\n\tat x",
  "Caused by: ",
  "line 1:1: Syntax Error",
  "\nStatement: ",
  "((",
  "Statement: x\nCaused by: y",
])("odd text is no crash: %j", (text) => expect(typeof saidBy(text).message).toBe("string"));
