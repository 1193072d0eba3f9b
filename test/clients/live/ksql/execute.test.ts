import { afterEach, describe, expect, test } from "vitest";
import type { Clock } from "../../../../src/clients/live/clock.ts";
import { stepClock } from "../../../replay/clock.ts";
import { type Exchange, type ReplayServer, replay } from "../../../replay/server.ts";
import {
  type Against,
  against,
  closeAll,
  currentStatus,
  described,
  executed,
  failureOf,
  genericError,
  ksql,
  lost,
  missing,
  noStatus,
  onClose,
  statementError,
  statusIs,
  timesSent,
} from "./given.ts";

afterEach(closeAll);

const CREATE = "CREATE OR REPLACE STREAM x AS SELECT * FROM y WHERE a > 6;";
const ID = "stream/`X`/create";
const done = (message: string, queryId: string | undefined = undefined) => ({
  ok: true,
  message,
  queryId,
  warnings: [],
});
const created = done("Created query with ID CSAS_X_1", "CSAS_X_1");
const success = currentStatus(ID, "SUCCESS", "Created query with ID CSAS_X_1", "CSAS_X_1");
const successStatus = statusIs(ID, "SUCCESS", "Created query with ID CSAS_X_1", "CSAS_X_1");
const absent = ksql("DESCRIBE `X`;", missing, 400);
const old = ksql("DESCRIBE `X`;", described("CREATE STREAM X ... (Y.A > 5)", "CSAS_X_1"));
const changed = ksql("DESCRIBE `X`;", described("CREATE OR REPLACE STREAM X ... (Y.A > 6)", "CSAS_X_1"));
const caughtUp = ksql("LIST TYPES;", [{ "@type": "type_list", types: {} }]);
const busy = ksql(
  CREATE,
  statementError(
    50000,
    `Could not write the statement '${CREATE}' into the command topic.\nCaused by: Timeout while waiting for command topic consumer to process command\n\ttopic`,
    CREATE,
  ),
  500,
);

describe("waiting for a command", () => {
  test("that is done at once is no waiting", async () => {
    const { port, server } = await against([absent, ksql(CREATE, success)]);
    expect(await executed(port, CREATE)).toEqual({ outcome: created, waits: [] });
    expect(timesSent(server, CREATE)).toBe(1);
  });

  test("until it is done, through every state that it may be in", async () => {
    const { port, server } = await against([
      old,
      ksql(CREATE, currentStatus(ID, "QUEUED")),
      caughtUp,
      statusIs(ID, "QUEUED"),
      noStatus(ID),
      statusIs(ID, "PARSING"),
      statusIs(ID, "EXECUTING", "Executing statement"),
      successStatus,
    ]);
    expect(await executed(port, CREATE)).toEqual({
      outcome: created,
      waits: ["waits for ksqlDB to execute it, behind other statements", "waits for ksqlDB to execute it"],
    });
    expect(timesSent(server, CREATE)).toBe(1);
  });

  test("and not for an earlier one of the same name, which is told of until it begins", async () => {
    const { port } = await against([
      old,
      ksql(CREATE, currentStatus(ID, "QUEUED")),
      statusIs(ID, "SUCCESS", "the earlier one"),
      ksql("LIST TYPES;", genericError(50301, "Timed out while waiting for a previous command"), 503),
      caughtUp,
      statusIs(ID, "ERROR", "io.confluent.ksql.util.KsqlException: no"),
    ]);
    expect(await executed(port, CREATE)).toEqual({
      outcome: { ok: false, refusal: { code: 50000, message: "no", statement: 0 } },
      waits: [
        "waits for ksqlDB to execute it, behind other statements",
        "waits for ksqlDB to execute the statements before this one",
      ],
    });
  });

  test("by its id without backticks, where it has none", async () => {
    const { port } = await against([
      old,
      ksql("DROP STREAM x;", currentStatus("stream/X/drop", "EXECUTING")),
      caughtUp,
      statusIs("stream/X/drop", "SUCCESS", "Source `X` (topic: X) was dropped."),
    ]);
    expect((await executed(port, "DROP STREAM x;")).outcome).toEqual(
      done("Source `X` (topic: X) was dropped."),
    );
  });

  test("as long as a second replace takes within a minute", async () => {
    const slow = Array.from({ length: 20 }, () => statusIs(ID, "EXECUTING"));
    const { port } = await against([
      old,
      ksql(CREATE, currentStatus(ID, "EXECUTING")),
      caughtUp,
      ...slow,
      successStatus,
    ]);
    expect((await executed(port, CREATE)).outcome).toEqual(created);
  });

  test("but not for ever", async () => {
    const { port } = await against([
      old,
      ksql(CREATE, currentStatus(ID, "EXECUTING")),
      caughtUp,
      statusIs(ID, "EXECUTING"),
    ]);
    expect(await failureOf(executed(port, CREATE))).toEqual([
      ["KP3055", "ksqlDB has not finished the statement yet (EXECUTING)"],
    ]);
  });

  test.each([
    [
      "at once",
      [
        ksql(
          CREATE,
          currentStatus(ID, "ERROR", "io.confluent.ksql.util.KsqlException: no\n\tat a.B.c(D.java:1)"),
        ),
      ],
    ],
    [
      "later",
      [
        ksql(CREATE, currentStatus(ID, "EXECUTING")),
        caughtUp,
        statusIs(ID, "ERROR", "io.confluent.ksql.util.KsqlException: no\n\tat a.B.c(D.java:1)"),
      ],
    ],
  ])("that fails %s is a refusal without a trace", async (_, exchanges) => {
    const { port } = await against([old, ...exchanges]);
    expect((await executed(port, CREATE)).outcome).toEqual({
      ok: false,
      refusal: { code: 50000, message: "no", statement: 0 },
    });
  });
});

test("properties belong to the statement alone", async () => {
  const { port, server } = await against([absent, ksql(CREATE, success)]);
  await executed(port, CREATE, { "auto.offset.reset": "earliest" });
  const [look, create] = server.received.map(({ body }) => body);
  expect(look).toMatchObject({ streamsProperties: {} });
  expect(create).toMatchObject({ ksql: CREATE, streamsProperties: { "auto.offset.reset": "earliest" } });
});

test("comments stay here, and places are where they were", async () => {
  const written = "/* 🦀 */ CREATE STREAM x --\n AS SELECT a FROM y;";
  const bare = "         CREATE STREAM x   \n AS SELECT a FROM y;";
  const { port } = await against([
    absent,
    ksql(bare, statementError(40001, "Line: 2, Col: 12: SELECT column 'A' cannot be resolved.", bare), 400),
  ]);
  expect((await executed(port, written)).outcome).toMatchObject({ refusal: { line: 2, column: 12 } });
});

test("what comes after a statement waits for it on every server of the cluster", async () => {
  const { port, server } = await against([absent, ksql(CREATE, success), ksql(/^LIST/, [])]);
  await executed(port, CREATE);
  await failureOf(port.read());
  expect(server.received.map(({ body }) => body)).toMatchObject([
    expect.not.objectContaining({ commandSequenceNumber: 8 }),
    expect.not.objectContaining({ commandSequenceNumber: 8 }),
    { commandSequenceNumber: 8 },
  ]);
});

test("warnings of the server come along, each in one line", async () => {
  const [entity] = success;
  const warned = [{ ...entity, warnings: [{ message: "DEPRECATION NOTICE: x\nPlease y" }] }];
  const { port } = await against([absent, ksql(CREATE, warned)]);
  expect((await executed(port, CREATE)).outcome).toMatchObject({
    warnings: ["DEPRECATION NOTICE: x Please y"],
  });
});

describe("a server that can't take the statement now", () => {
  test.each<[string, Exchange, string]>([
    ["executes another", busy, "waits for ksqlDB to finish another statement"],
    [
      "lost its turn to another server",
      ksql(
        CREATE,
        statementError(
          50000,
          "Could not write the statement into the command topic.\nCaused by: There is a newer producer with the same transactionalId",
          CREATE,
        ),
        500,
      ),
      "waits for ksqlDB to finish another statement",
    ],
    [
      "has not executed what came before",
      ksql(CREATE, genericError(50301, "Timed out while waiting for a previous command to execute."), 503),
      "waits for ksqlDB to execute the statements before this one",
    ],
    [
      "limits the rate",
      ksql(
        CREATE,
        genericError(42900, "DDL/DML rate is crossing the configured rate limit of statements/second"),
        429,
      ),
      "waits for ksqlDB's limit of statements a second",
    ],
    [
      "is starting",
      ksql(CREATE, genericError(50302, "KSQL is not yet ready to serve requests."), 503),
      "waits for ksqlDB to start",
    ],
    [
      "is stopping",
      ksql(CREATE, genericError(50303, "The server is shutting down"), 503),
      "waits for ksqlDB to come back: it is shutting down",
    ],
    ["is away, says what stands before it", ksql(CREATE, "<html>", 503), "waits for ksqlDB to start"],
  ])("one that %s is sent the statement again", async (_, trouble, wait) => {
    const { port, server } = await against([absent, trouble, trouble, ksql(CREATE, success)]);
    expect(await executed(port, CREATE)).toEqual({ outcome: created, waits: [wait] });
    expect(timesSent(server, CREATE)).toBe(3);
  });

  test("is given up in the end, with what it said", async () => {
    const { port } = await against([absent, busy]);
    expect(await failureOf(executed(port, CREATE))).toEqual([
      [
        "KP3052",
        "http://HOST takes no statement now: Could not write the statement into the command topic: Timeout while waiting for command topic consumer to process command topic",
      ],
    ]);
  });

  test("a statement that can't be written for a reason of its own is refused", async () => {
    const refused = statementError(
      50000,
      `Could not write the statement '${CREATE}' into the command topic.\nCaused by: Query ID is taken`,
      CREATE,
    );
    const { port, server } = await against([absent, ksql(CREATE, refused, 500)]);
    expect((await executed(port, CREATE)).outcome).toMatchObject({ ok: false, refusal: { code: 50000 } });
    expect(timesSent(server, CREATE)).toBe(1);
  });
});

describe("an answer that got lost", () => {
  const LOST = "waits for ksqlDB: its answer got lost, and whether it took the statement isn't known";

  test("of a statement that was done is not asked for again", async () => {
    const { port, server } = await against([old, lost(CREATE), successStatus, changed]);
    expect(await executed(port, CREATE)).toEqual({ outcome: created, waits: [LOST] });
    expect(timesSent(server, CREATE)).toBe(1);
  });

  test("of a statement that was taken and still runs is waited for", async () => {
    const { port, server } = await against([
      old,
      lost(CREATE),
      statusIs(ID, "EXECUTING"),
      statusIs(ID, "EXECUTING"),
      successStatus,
      changed,
    ]);
    expect((await executed(port, CREATE)).outcome).toEqual(created);
    expect(timesSent(server, CREATE)).toBe(1);
  });

  test("of a statement that never arrived makes it be sent again, whatever an earlier command of its name says", async () => {
    const { port, server } = await against([old, lost(CREATE), successStatus, old, ksql(CREATE, success)]);
    expect((await executed(port, CREATE)).outcome).toEqual(created);
    expect(timesSent(server, CREATE)).toBe(2);
  });

  test("of a statement that arrived late is found out by the refusal of the second one", async () => {
    const upgrade = genericError(40000, "Upgrades not yet supported for StreamTableJoin");
    const { port } = await against([
      { ...old },
      { ...old },
      changed,
      lost(CREATE),
      ksql(CREATE, upgrade, 400),
      successStatus,
    ]);
    expect((await executed(port, CREATE)).outcome).toEqual(created);
  });

  test("of a statement that is refused the second time too, and changed nothing, is a refusal", async () => {
    const { port } = await against([
      old,
      lost(CREATE),
      ksql(CREATE, genericError(40000, "no"), 400),
      noStatus(ID),
    ]);
    expect((await executed(port, CREATE)).outcome).toEqual({
      ok: false,
      refusal: { code: 40000, message: "no", statement: 0 },
    });
  });

  test("of a drop: what is gone is dropped, even where the server forgot the command", async () => {
    const { port, server } = await against([old, absent, lost("DROP STREAM x;"), noStatus("stream/X/drop")]);
    expect((await executed(port, "DROP STREAM x;")).outcome).toEqual(done(""));
    expect(timesSent(server, "DROP STREAM x;")).toBe(1);
  });

  test("of an INSERT INTO: its query among those that write the sink tells", async () => {
    const INSERT = "INSERT INTO x WITH (QUERY_ID='i') SELECT * FROM y;";
    const text = "CREATE STREAM X ...";
    const { port, server } = await against([
      ksql("DESCRIBE `X`;", described(text, "CSAS_X_1")),
      ksql("DESCRIBE `X`;", described(text, "CSAS_X_1", "I")),
      lost(INSERT),
      statusIs(ID, "SUCCESS", "Created query with ID I", "I"),
    ]);
    expect((await executed(port, INSERT)).outcome).toEqual(done("Created query with ID I", "I"));
    expect(timesSent(server, INSERT)).toBe(1);
  });

  test.each([
    ["TERMINATE q_1;", "terminate/Q_1/execute", { id: "Q_1", statusCount: { RUNNING: 1 } }, undefined],
    [
      "PAUSE q_1;",
      "pause/Q_1/execute",
      { id: "Q_1", statusCount: { RUNNING: 1 } },
      { id: "Q_1", statusCount: { PAUSED: 1 } },
    ],
    [
      "RESUME q_1;",
      "resume/Q_1/execute",
      { id: "Q_1", statusCount: { PAUSED: 1 } },
      { id: "Q_1", statusCount: { RUNNING: 1 } },
    ],
  ])("of %s: the list of queries tells", async (text, commandId, before, after) => {
    const listed = (query: object | undefined) => ksql("LIST QUERIES;", [{ queries: query ? [query] : [] }]);
    const { port, server } = await against([
      listed(before),
      listed(after),
      lost(text),
      statusIs(commandId, "SUCCESS", "Query changed."),
    ]);
    expect((await executed(port, text)).outcome).toEqual(done("Query changed."));
    expect(timesSent(server, text)).toBe(1);
  });

  test("of a type: the list of types tells", async () => {
    const text = "CREATE TYPE t AS INT;";
    const { port, server } = await against([
      ksql("LIST TYPES;", [{ types: {} }]),
      ksql("LIST TYPES;", [{ types: { T: { type: "INTEGER" } } }]),
      lost(text),
      statusIs("type/T/create", "SUCCESS", "Registered"),
    ]);
    expect((await executed(port, text)).outcome).toEqual(done("Registered"));
    expect(timesSent(server, text)).toBe(1);
  });

  test("a gateway that gave up on the server lost the answer too", async () => {
    const { port, server } = await against([old, changed, ksql(CREATE, "<html>", 504), successStatus]);
    expect((await executed(port, CREATE)).outcome).toEqual(created);
    expect(timesSent(server, CREATE)).toBe(1);
  });

  test("so did a connection that ended in the middle of it", async () => {
    const half: Exchange = { ...ksql(CREATE, success), cutAfter: 20 };
    const { port, server } = await against([old, changed, half, successStatus]);
    expect((await executed(port, CREATE)).outcome).toEqual(created);
    expect(timesSent(server, CREATE)).toBe(1);
  });

  test("of a statement whose effect can't be seen is told as not known", async () => {
    const { port, server } = await against([ksql("SET 'a'='b';", []), ksql("UNSET 'a';", undefined)]);
    await executed(port, "SET 'a'='b';");
    expect(await failureOf(executed(port, "UNSET 'a';"))).toEqual([
      ["KP3056", "ksqlDB's answer to the statement got lost, and may have been yes"],
    ]);
    expect(timesSent(server, "UNSET 'a';")).toBe(1);
  });

  test("again and again ends when patience does", async () => {
    const { port } = await against([old, lost(CREATE), noStatus(ID)]);
    expect(await failureOf(executed(port, CREATE))).toMatchObject([["KP3056", expect.any(String)]]);
  });
});

describe("a server that restarts", () => {
  const notReady = genericError(50302, "KSQL is not yet ready to serve requests.");

  /** It goes away when it is asked this, is away for three looks, starts, and then answers otherwise. */
  async function restarting(before: readonly Exchange[], fatal: Exchange, after: readonly Exchange[]) {
    const time = stepClock();
    let away = 0;
    let first: Against | undefined;
    let second: ReplayServer | undefined;
    const clock: Clock = {
      now: time.now,
      async sleep(ms) {
        await time.sleep(ms);
        if (away > 0 && --away === 0) second = await reopened(first?.server.url ?? "", after);
      },
    };
    const dies: Exchange = {
      ...fatal,
      respond() {
        away = 3;
        void first?.server.close();
        return { status: 0, body: undefined };
      },
    };
    first = await against([...before, dies], { clock });
    return { port: first.port, restarted: () => second };
  }

  async function reopened(url: string, exchanges: readonly Exchange[]): Promise<ReplayServer> {
    let starting = 2;
    const starts = (exchange: Exchange): Exchange => ({
      ...exchange,
      respond: () => (starting-- > 0 ? { status: 503, body: notReady } : exchange),
    });
    const server = await replay(exchanges.map(starts), undefined, Number(new URL(url).port));
    onClose(server);
    return server;
  }

  test("and had taken the statement executes it when it is back", async () => {
    const { port, restarted } = await restarting([old], ksql(CREATE, ""), [
      statusIs(ID, "EXECUTING"),
      successStatus,
      changed,
    ]);
    const { outcome, waits } = await executed(port, CREATE);
    expect(outcome).toEqual(created);
    expect(waits).toContain("waits for ksqlDB to come back");
    expect(waits).toContain("waits for ksqlDB to start");
    expect(timesSent(restarted(), CREATE)).toBe(0);
  });

  test("and had not taken the statement is sent it again", async () => {
    const { port, restarted } = await restarting([old], ksql(CREATE, ""), [
      noStatus(ID),
      old,
      ksql(CREATE, success),
    ]);
    expect((await executed(port, CREATE)).outcome).toEqual(created);
    expect(timesSent(restarted(), CREATE)).toBe(1);
  });

  test("while it executes a statement is asked about it until it knows it again", async () => {
    const { port, restarted } = await restarting(
      [old, ksql(CREATE, currentStatus(ID, "EXECUTING")), caughtUp],
      statusIs(ID, ""),
      [noStatus(ID), noStatus(ID), successStatus, caughtUp],
    );
    expect((await executed(port, CREATE)).outcome).toEqual(created);
    expect(timesSent(restarted(), CREATE)).toBe(0);
  });

  test("and never comes back is told as such", async () => {
    const { port, server } = await against([
      old,
      ksql(CREATE, currentStatus(ID, "EXECUTING")),
      caughtUp,
      successStatus,
    ]);
    await executed(port, CREATE);
    await server.close();
    expect(await failureOf(executed(port, CREATE))).toEqual([["KP3021", "nothing listens on HOST"]]);
  });
});
