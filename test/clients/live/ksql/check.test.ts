import { afterEach, describe, expect, test } from "vitest";
import type { KsqlRefusal, KsqlStatement } from "../../../../src/clients/ksql.ts";
import { answer, type Exchange, ksqlOf, transcript } from "../../../replay/server.ts";
import {
  type Against,
  against,
  closeAll,
  described,
  failureOf,
  genericError,
  ksql,
  missing,
  statement,
  statementError,
} from "./given.ts";

afterEach(closeAll);

const noProbe = ksql(/^DESCRIBE `KPIPE_CHECK_/, missing, 400);
const properties = answer("GET", "/is_valid_property/auto.offset.reset", 200, "true");
const probeOf = ({ server }: Against) =>
  /KPIPE_CHECK_\w+/.exec(sent(server.received.at(-1)?.body))?.[0] ?? "";
const sent = (body: unknown) => ksqlOf(body) ?? "";

/** What a server refuses, as a function of the statements: the first that is refused, and the probe if none is. */
type Sandbox = (statements: readonly string[], request: string) => object | undefined;

/** A server that validates the statements of a request in order and executes none. */
async function sandboxed(refuse: Sandbox): Promise<Against> {
  const exchange: Exchange = {
    ...ksql(/DROP STREAM KPIPE_CHECK_/, ""),
    respond(body) {
      const request = sent(body);
      const statements = request.split("\n").filter((line) => line.endsWith(";"));
      const refusal = refuse(statements, request);
      const probe = statements.at(-1) ?? "";
      const name = /KPIPE_CHECK_\w+/.exec(probe)?.[0];
      return {
        status: 400,
        body: refusal ?? statementError(40001, `Stream ${name} does not exist.`, probe),
      };
    },
  };
  return against([noProbe, properties, exchange]);
}

const base = "CREATE STREAM ck (a INT) WITH (KAFKA_TOPIC='ck', VALUE_FORMAT='JSON');";
const sink = "CREATE STREAM ck_high AS SELECT nosuch FROM ck;";
const plain = (...texts: readonly string[]): readonly KsqlStatement[] => texts.map((it) => statement(it));

describe("as recorded", () => {
  /** The recorded answer to whatever is checked, its probe's name put in place of the one that is asked for. */
  const recorded = async (name: string, ...texts: readonly string[]) => {
    const { body, status } = transcript(`ksql/${name}`);
    const exchange: Exchange = {
      ...ksql(/DROP STREAM KPIPE_CHECK_/, ""),
      respond: (request) => {
        const probe = /KPIPE_CHECK_\w+/.exec(sent(request))?.[0] ?? "";
        return { status, body: JSON.parse(JSON.stringify(body).replaceAll("KPIPE_CHECK_7F3A", probe)) };
      },
    };
    const { port } = await against([noProbe, exchange]);
    return port.check(plain(...texts));
  };

  test.each<[string, readonly string[], KsqlRefusal | undefined]>([
    [
      "801-check-chain-valid",
      [
        "CREATE STREAM ck_high AS SELECT * FROM ck WHERE amount > 5;",
        "CREATE TABLE ck_n AS SELECT username, COUNT(*) AS n FROM ck_high GROUP BY username;",
      ],
      undefined,
    ],
    [
      "803-check-chain-unknown-column",
      [sink],
      {
        code: 40001,
        message: "SELECT column 'NOSUCH' cannot be resolved.",
        statement: 0,
        line: 1,
        column: 33,
      },
    ],
    [
      "804-check-chain-missing-topic-with-partitions",
      ["CREATE STREAM ck2(a INT) WITH (KAFKA_TOPIC='ck-not-there', VALUE_FORMAT='JSON', PARTITIONS=2);"],
      undefined,
    ],
    [
      "807-check-upgrade-valid",
      ["CREATE OR REPLACE STREAM ck_high AS SELECT * FROM ck WHERE amount > 6;"],
      undefined,
    ],
    [
      "808-check-upgrade-refused",
      [base, "CREATE OR REPLACE STREAM ck_high AS SELECT username FROM ck WHERE amount > 6;"],
      {
        code: 40001,
        message:
          "Cannot upgrade data source: `CK_HIGH` has schema = `USERNAME` STRING, `AMOUNT` INTEGER which is not upgradeable to `USERNAME` STRING. (The following columns are changed, missing or reordered: [`AMOUNT` INTEGER])",
        statement: 1,
      },
    ],
  ])("%s", async (name, texts, refusal) => {
    expect(await recorded(name, ...texts)).toEqual(refusal);
  });
});

test("nothing to check asks nothing", async () => {
  const { port, server } = await against([]);
  expect(await port.check([])).toBeUndefined();
  expect(server.received).toEqual([]);
});

test("the probe is another one each time, and was looked up first", async () => {
  const first = await sandboxed(() => undefined);
  await first.port.check(plain(base));
  const one = probeOf(first);
  await first.port.check(plain(base));
  expect(one).toMatch(/^KPIPE_CHECK_[0-9A-F]{32}$/);
  expect(probeOf(first)).not.toBe(one);
  expect(sent(first.server.received[0]?.body)).toBe(`DESCRIBE \`${one}\`;`);
});

test("a stream that has the probe's name is never dropped", async () => {
  const { port, server } = await against([
    ksql(/^DESCRIBE `KPIPE_CHECK_/, described("CREATE STREAM ...;")),
    noProbe,
    ksql(/DROP STREAM/, genericError(40000, "x"), 400),
  ]);
  await port.check(plain(base));
  const [taken, free, request] = server.received.map(({ body }) => sent(body));
  const nameOf = (text = "") => /KPIPE_CHECK_\w+/.exec(text)?.[0];
  expect(nameOf(taken)).not.toBe(nameOf(free));
  expect(nameOf(request)).toBe(nameOf(free));
});

test.each(["--", "-- the last word", "/* the last word */"])(
  "a comment at the end of a statement does not swallow the probe: %s",
  async (comment) => {
    const found = await sandboxed(() => undefined);
    await found.port.check(plain(`${base} ${comment}`));
    const [first, last] = sent(found.server.received.at(-1)?.body).split("\n");
    expect(first?.trimEnd()).toBe(base);
    expect(last).toMatch(/^DROP STREAM KPIPE_CHECK_\w+;$/);
  },
);

test("statements that were executed after all are told loudly", async () => {
  const { port } = await against([noProbe, ksql(/DROP STREAM/, [])]);
  expect(await failureOf(port.check(plain(base)))).toEqual([
    ["KP3057", "ksqlDB executed statements that it was to check only"],
  ]);
});

test("older servers say it in other words", async () => {
  const { port } = await sandboxed((statements) => {
    const probe = statements.at(-1) ?? "";
    return statementError(40001, `Source ${/KPIPE_CHECK_\w+/.exec(probe)?.[0]} does not exist.`, probe);
  });
  expect(await port.check(plain(base))).toBeUndefined();
});

describe("which statement is refused, and where in it", () => {
  const first = "CREATE STREAM a (x INT) WITH (KAFKA_TOPIC='a',\n  VALUE_FORMAT='JSON');";
  const second = "CREATE STREAM b AS\n  SELECT nosuch FROM a;";
  const third = "DROP STREAM c;";
  const all = plain(first, second, third);

  test.each<[string, readonly KsqlStatement[], Sandbox, Partial<KsqlRefusal>]>([
    [
      "its text comes back as it was sent",
      all,
      () => statementError(40001, "Stream C does not exist.", third),
      { statement: 2, message: "Stream C does not exist." },
    ],
    [
      "it comes back rewritten, with a place in the request",
      all,
      () =>
        statementError(
          40001,
          "Could not determine output schema for query due to error: Line: 4, Col: 10: SELECT column 'NOSUCH' cannot be resolved.",
          "CREATE STREAM B WITH (CLEANUP_POLICY='delete', KAFKA_TOPIC='B') AS SELECT NOSUCH NOSUCH\nFROM A A\nEMIT CHANGES;",
        ),
      { statement: 1, line: 2, column: 10, message: "SELECT column 'NOSUCH' cannot be resolved." },
    ],
    [
      "the whole request comes back, because it can't be parsed",
      all,
      (_, request) =>
        statementError(
          40001,
          "line 3:1: Syntax Error\nSyntax error at or near 'CREATE' at line 3:1",
          request,
        ),
      { statement: 1, line: 1, column: 1, message: "Syntax error at or near 'CREATE'" },
    ],
    [
      "a place that lies in another statement is left out",
      all,
      () => statementError(40001, "Line: 1, Col: 3: odd", third),
      { statement: 2, message: "odd" },
    ],
    [
      "columns are counted in characters, and told in UTF-16 units",
      plain("CREATE STREAM a AS SELECT '🦀🦀', x FROM b;"),
      (_, request) => statementError(40001, "line 1:33: Syntax Error\nodd", request),
      { statement: 0, line: 1, column: 35 },
    ],
  ])("%s", async (_, statements, refuse, refusal) => {
    const { port } = await sandboxed(refuse);
    expect(await port.check(statements)).toMatchObject({ code: 40001, ...refusal });
    if (!("line" in refusal)) expect(await port.check(statements)).not.toHaveProperty("line");
  });

  /** A server that refuses the statement at this index, and doesn't say which it is. */
  const silent =
    (at: number): Sandbox =>
    (statements, request) => {
      if (statements.length - 1 <= at) return undefined;
      return at % 2 === 0
        ? genericError(40000, "Topic 'x' does not exist.")
        : statementError(50000, "A Kafka topic with the name 'x' already exists", request);
    };
  const eleven = plain(...Array.from({ length: 11 }, (_, at) => `CREATE STREAM s${at} AS SELECT * FROM p;`));

  test.each([0, 1, 4, 9, 10])(
    "the server doesn't say: number %i of eleven is found by asking",
    async (at) => {
      const { port, server } = await sandboxed(silent(at));
      expect(await port.check(eleven)).toMatchObject({ statement: at });
      // The lookup of the probe, the check, and four halvings of eleven.
      expect(server.received.length).toBeLessThanOrEqual(6);
    },
  );

  test("two statements about the same name are told apart by asking", async () => {
    const twice = plain(
      "CREATE OR REPLACE STREAM a AS SELECT 1 FROM b;",
      "CREATE OR REPLACE STREAM a AS SELECT 2 FROM b;",
    );
    const { port } = await sandboxed((statements) =>
      statements.length === 3
        ? statementError(
            40001,
            "Cannot upgrade",
            "CREATE OR REPLACE STREAM A AS SELECT 2 FROM B B EMIT CHANGES;",
          )
        : undefined,
    );
    expect(await port.check(twice)).toMatchObject({ statement: 1 });
  });
});

describe("properties of one statement", () => {
  const with_ = statement(sink, { "auto.offset.reset": "earliest" });

  test("are set for it and unset after it, because a request has one set for all", async () => {
    const found = await sandboxed(() => undefined);
    expect(await found.port.check([statement(base), with_, statement("DROP STREAM x;")])).toBeUndefined();
    const { body } = found.server.received.at(-1) ?? {};
    expect(sent(body).split("\n").slice(0, -1)).toEqual([
      base,
      "SET 'auto.offset.reset'='earliest';",
      sink,
      "UNSET 'auto.offset.reset';",
      "DROP STREAM x;",
    ]);
    expect(body).toMatchObject({ streamsProperties: {} });
  });

  test("are refused as part of it, and don't move its lines", async () => {
    const refusedSet = await sandboxed(() =>
      statementError(40001, "Invalid value sometimes", "SET 'auto.offset.reset'='earliest';"),
    );
    const all = [statement(base), with_];
    expect(await refusedSet.port.check(all)).toEqual({
      code: 40001,
      message: "Invalid value sometimes",
      statement: 1,
    });
    const refusedColumn = await sandboxed(() => statementError(40001, "Line: 3, Col: 33: no", sink));
    expect(await refusedColumn.port.check(all)).toMatchObject({ statement: 1, line: 1, column: 33 });
  });

  test("that the server lets nobody set are refused by name", async () => {
    const denied = transcript("ksql/235-is-valid-property-denied");
    const { port } = await against([denied]);
    expect(await port.check([statement(base), statement(sink, { "ksql.service.id": "x" })])).toEqual({
      code: 40000,
      message:
        "One or more properties overrides set locally are prohibited by the KSQL server: [ksql.service.id]",
      statement: 1,
    });
  });
});

test("what Kafka's ACLs deny is a refusal of the statement, in their words", async () => {
  const denied = genericError(40301, "Authorization denied to Create on topic(s): [ck]");
  const exchange = { ...ksql(/DROP STREAM KPIPE_CHECK_/, denied, 403) };
  const { port } = await against([noProbe, exchange]);
  expect(await port.check(plain(base))).toEqual({
    code: 40301,
    message: "Authorization denied to Create on topic(s): [ck]",
    statement: 0,
  });
});

test("a role that may not talk to ksqlDB is no refusal of a statement", async () => {
  const { port } = await against([
    noProbe,
    ksql(/DROP STREAM/, transcript("ksql/704-auth-wrong-role").body, 403),
  ]);
  expect(await failureOf(port.check(plain(base)))).toEqual([
    ["KP3026", "http://HOST doesn't allow this with the given credentials"],
  ]);
});
