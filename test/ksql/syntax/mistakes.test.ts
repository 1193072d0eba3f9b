import { describe, expect, it } from "vitest";
import { parseStatement, parseStatements, parseTypeText } from "../../../src/ksql/syntax/index.ts";

/** Written, where, what is wrong, what to do. */
type Mistake = readonly [sql: string, at: string, message: string, hint?: string];

const mistakes: Record<string, readonly Mistake[]> = {
  "the common ones": [
    [
      'CREATE STREAM dq(id INT KEY) WITH (KAFKA_TOPIC = "p", VALUE_FORMAT = "JSON");',
      "1:50",
      'expected the value of KAFKA_TOPIC, found "p"',
      "write KAFKA_TOPIC='p': double quotes and back quotes are for names",
    ],
    [
      "CREATE STREAM s (id INT) WITH (VALUE_FORMAT=JSON);",
      "1:45",
      "expected the value of VALUE_FORMAT, found 'JSON'",
      "write VALUE_FORMAT='JSON': double quotes and back quotes are for names",
    ],
    [
      "DESCRIBE EXTENDED purchases;",
      "1:10",
      "expected the name of a stream or a table, found 'EXTENDED'",
      "EXTENDED comes last: DESCRIBE purchases EXTENDED",
    ],
    [
      "CREATE STREM x;",
      "1:8",
      "expected STREAM, TABLE or TYPE after CREATE, found 'STREM'",
      "did you mean STREAM?",
    ],
    ["SELEC * FROM ev;", "1:1", "expected a statement, found 'SELEC'", "did you mean SELECT?"],
    [
      "CREATE STREAM ev(id VARCHAR KEY, at TIMESTAMP);",
      "1:34",
      "expected the name of a column, found 'at'",
      "AT is a reserved word; as a name, write `AT`",
    ],
    [
      "CREATE STREAM my-stream2(id INT KEY);",
      "1:17",
      "a name can't hold a hyphen",
      "put the whole name in back quotes: `my-stream`",
    ],
    [
      "CREATE STREAM s (id INT,) WITH (KAFKA_TOPIC='p');",
      "1:25",
      "expected another column, found ')'",
      "remove the comma before it",
    ],
    ["SELECT a, FROM b;", "1:11", "expected another column, found 'FROM'", "remove the comma before it"],
    [
      "CREATE STREAM 1st (id INT);",
      "1:15",
      "expected the name of the stream, found '1st'",
      "a name that begins with a digit is quoted: `1st`",
    ],
    [
      "CREATE STREAM 's' (id INT);",
      "1:15",
      "expected the name of the stream, found 's'",
      "single quotes hold text; quote a name with `...`",
    ],
    [
      "CREATE STREAM IF NOT EXIST s (id INT);",
      "1:22",
      "expected EXISTS after IF NOT, found 'EXIST'",
      "did you mean EXISTS?",
    ],
    [
      "DROP STREAM s DELETE TOPPIC;",
      "1:22",
      "expected TOPIC after DELETE, found 'TOPPIC'",
      "did you mean TOPIC?",
    ],
  ],
  "comments and characters": [
    [
      "SELECT a // the amount\nFROM b;",
      "1:10",
      "'//' begins no comment in ksqlDB",
      "write -- before a comment, or put it between /* and */",
    ],
    ["SELECT /* a FROM b;", "1:8", "the comment that begins here is never closed", "close it with */"],
    [
      "SELECT a FROM b WHERE c = 'it's';",
      "1:31",
      "expected ';', found 's'",
      "a quote inside a text is doubled: 'it''s'",
    ],
    [
      "SELECT a FROM b WHERE c = 'x;",
      "1:27",
      "the text that begins here is never closed",
      "a quote inside a text is doubled: 'it''s'",
    ],
    ["SELECT `a FROM b;", "1:8", "the quoted name that begins here is never closed"],
    ["SELECT a FROM b WHERE c = ‘x’;", "1:27", "'‘' is a typographic sign", "write '"],
    ["SELECT a\u00A0FROM b;", "1:9", "ksqlDB doesn't take U+00A0 for a blank", "write an ordinary space"],
    [
      "SELECT größe FROM b;",
      "1:10",
      "'ö' can't stand in an unquoted name",
      "put the whole name in back quotes",
    ],
    ["SELECT a FROM b WHERE c && d;", "1:25", "'&' means nothing in ksqlDB", "write AND"],
    ["SELECT a FROM b WHERE c == d;", "1:26", "expected a value, found '='", "write = once"],
  ],
  queries: [
    [
      "SELECT DISTINCT a FROM b;",
      "1:8",
      "expected a column, found 'DISTINCT'",
      "ksqlDB has no SELECT DISTINCT; GROUP BY instead",
    ],
    [
      "SELECT COUNT(DISTINCT a) FROM b;",
      "1:14",
      "expected an argument of COUNT, found 'DISTINCT'",
      "ksqlDB counts distinct values with COUNT_DISTINCT(x)",
    ],
    [
      "SELECT * FROM (SELECT * FROM b);",
      "1:15",
      "expected a stream or a table, found '('",
      "ksqlDB has no nested SELECT",
    ],
    ["SELECT a FROM b ORDER BY a;", "1:23", "expected ';', found 'BY'"],
    [
      "SELECT a FROM b c ORDER BY a;",
      "1:19",
      "expected the end of the query, found 'ORDER'",
      "ksqlDB has no ORDER BY",
    ],
    [
      "SELECT a FROM b GROUP BY a WHERE c;",
      "1:28",
      "WHERE is in the wrong place or given twice",
      "the order is FROM, WINDOW, WHERE, GROUP BY, PARTITION BY, HAVING, EMIT, LIMIT",
    ],
    [
      "SELECT a.b.c FROM a;",
      "1:11",
      "expected an operator, found '.'",
      "reach into a STRUCT with ->, as in A->B",
    ],
    [
      "SELECT a FROM b WINDOW SESSION (SIZE 5 MINUTES) GROUP BY a;",
      "1:33",
      "expected the gap, found 'SIZE'",
      "a session window has no SIZE: SESSION (5 MINUTES)",
    ],
    [
      "SELECT a FROM b WINDOW TUMBLING (SIZE 1 DAY, GRACE PERIOD 1 DAY, RETENTION 2 DAYS) GROUP BY a;",
      "1:64",
      "expected ')' to close TUMBLING, found ','",
      "RETENTION comes before GRACE PERIOD",
    ],
    [
      "SELECT a FROM b WINDOW TUMBLING (SIZE 1 WEEK) GROUP BY a;",
      "1:41",
      "expected a unit of time, found 'WEEK'",
      "the units are DAYS, HOURS, MINUTES, SECONDS and MILLISECONDS",
    ],
    [
      "SELECT a FROM b WINDOW TUMBLING (SIZE 1 HUOR) GROUP BY a;",
      "1:41",
      "expected a unit of time, found 'HUOR'",
      "did you mean HOUR?",
    ],
    ["SELECT a FROM b JOIN c WITHIN 1 HOUR;", "1:37", "expected ON and the condition of the join, found ';'"],
    [
      "SELECT transform(x => x) FROM b;",
      "1:18",
      "expected a value, found 'x'",
      "a lambda can't be the first argument of TRANSFORM",
    ],
    [
      "CREATE STREAM a (b INT) AS SELECT * FROM c;",
      "1:28",
      "expected no columns before AS, found 'SELECT'",
      "the columns come from the SELECT",
    ],
  ],
  types: [
    [
      "CREATE STREAM s (a DECIMAL);",
      "1:27",
      "expected '(' after DECIMAL, found ')'",
      "give precision and scale: DECIMAL(10, 2)",
    ],
    ["CREATE STREAM s (a ARRAY);", "1:25", "expected '<' after ARRAY, found ')'", "as in ARRAY<STRING>"],
    [
      "CREATE STREAM s (a MAP<STRING>);",
      "1:30",
      "expected ',' after the type of the keys, found '>'",
      "as in MAP<STRING, INTEGER>",
    ],
    [
      "CREATE STREAM s (a INT NOT NULL);",
      "1:24",
      "expected ',' or ')' after the column, found 'NOT'",
      "ksqlDB's columns are nullable and have no default",
    ],
    ["CREATE TABLE t (a INT PRIMARY);", "1:30", "expected KEY after PRIMARY, found ')'"],
  ],
};

describe.each(Object.entries(mistakes))("%s", (_, cases) => {
  it.each(cases.map(([sql, at, message, hint]) => ({ sql, at, message, hint })))(
    "$sql",
    ({ sql, at, message, hint }) => {
      const statement = parseStatement(sql);
      if (statement.kind !== "unparsed") return expect.fail(`parsed as ${statement.kind}`);
      const { line, column } = statement.error;
      expect([`${line}:${column}`, statement.error.message, statement.error.hint]).toEqual([
        at,
        message,
        hint,
      ]);
    },
  );
});

describe("a file with mistakes", () => {
  const kinds = (sql: string) =>
    parseStatements(sql).map((it) =>
      it.kind === "unparsed" ? `${it.error.line}: ${it.error.message}` : it.kind,
    );

  it("keeps what is right around them", () => {
    const sql = "DROP STREAM a;\nCREATE STREM b;\nDROP STREAM c";
    const expected = "2: expected STREAM, TABLE or TYPE after CREATE, found 'STREM'";
    expect(kinds(sql)).toEqual(["drop", expected, "drop"]);
  });

  it("splits at semicolons outside of texts, names and comments", () => {
    const sql = "SET 'a'='b;c'; -- d;\nDROP STREAM `e;f`; /* ; */ DROP STREAM \"g;\";;";
    expect(kinds(sql)).toEqual(["set", "drop", "drop"]);
  });

  it("finds a missing semicolon, and the statement behind it", () => {
    const sql = "CREATE STREAM a AS SELECT * FROM b\nCREATE STREAM c AS SELECT * FROM a;\nDROP STREAM d;";
    expect(kinds(sql)).toEqual(["2: expected ';' before CREATE", "create-as", "drop"]);
  });

  it("finds it before words that could be names, too", () => {
    expect(kinds("DROP STREAM a\nSET 'b'='c';")).toEqual(["2: expected ';' before SET", "set"]);
  });

  it("takes a foreign comment out of the way", () => {
    const sql = "# don't\n// either;\nDROP STREAM a;";
    const comments = ["1: '#' begins no comment in ksqlDB", "2: '//' begins no comment in ksqlDB"];
    expect(kinds(sql)).toEqual([...comments, "drop"]);
  });

  it("gives each statement its text and span", () => {
    const sql = "-- first\nDROP  STREAM a ;\nCREATE STREM b ;";
    const spans = parseStatements(sql).map(({ span }) => sql.slice(span.start, span.end));
    expect(spans).toEqual(["DROP  STREAM a", "CREATE STREM b"]);
  });
});

it("refuses none and several where one is expected", () => {
  const message = (sql: string) => {
    const statement = parseStatement(sql);
    return statement.kind === "unparsed" ? statement.error.message : statement.kind;
  };
  expect(message("-- nothing")).toBe("expected a statement");
  expect(message("DROP STREAM a; DROP STREAM b;")).toBe("expected one statement, found a second");
});

it("says what is wrong with a type", () => {
  expect(parseTypeText("DECIMAL(10)")).toMatchObject({ line: 1, column: 11, length: 1 });
  expect(parseTypeText("STRING STRING")).toMatchObject({ message: "expected nothing more, found 'STRING'" });
});
