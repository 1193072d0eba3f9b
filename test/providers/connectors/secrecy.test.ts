import { describe, expect, test } from "vitest";
import { Secret } from "../../../src/core/secret.ts";
import { guarded, told } from "../../../src/providers/connectors/secrecy.ts";

const never = () => false;
const shown = (value: string | Secret) => (value instanceof Secret ? `hidden: ${value}` : `plain: ${value}`);

test.each([
  ["connection.password", "x", "hidden: (secret)"],
  ["ssl.truststore.password", "x", "hidden: (secret)"],
  ["database.sslpassword", "x", "hidden: (secret)"],
  ["producer.override.sasl.jaas.config", "x", "hidden: (secret)"],
  ["value.converter.basic.auth.user.info", "a:b", "hidden: (secret)"],
  ["aws.secret.access.key", "x", "hidden: (secret)"],
  ["github.access.token", "x", "hidden: (secret)"],
  ["gcs.credentials.json", "{}", "hidden: (secret)"],
  ["connection.password", "", "plain: "],
  ["connection.password", "${file:/run/secrets/db:password}", "plain: ${file:/run/secrets/db:password}"],
  ["connection.password", "x${file:/a:b}", "hidden: (secret)"],
  ["key.converter", "x", "plain: x"],
  ["transforms.tokenizer.type", "x", "plain: x"],
  ["pk.fields", "password", "plain: password"],
])("%s: %s is %s", (key, text, expected) => {
  expect(shown(guarded(key, text, never))).toBe(expected);
});

test("a key that the plugin calls a password is one, whatever its name", () => {
  expect(shown(guarded("query.masked", "SELECT 1", (key) => key === "query.masked"))).toBe(
    "hidden: (secret)",
  );
});

describe("credentials in a text", () => {
  test.each([
    ["jdbc:postgresql://db:5432/shop", "plain: jdbc:postgresql://db:5432/shop"],
    ["jdbc:postgresql://app:pw@db/shop", "hidden: jdbc:postgresql://app:(secret)@db/shop"],
    [
      "jdbc:postgresql://db/shop?user=app&password=p%40w&ssl=true",
      "hidden: jdbc:postgresql://db/shop?user=app&password=(secret)&ssl=true",
    ],
    [
      "jdbc:sqlserver://db;databaseName=shop;password=pw;",
      "hidden: jdbc:sqlserver://db;databaseName=shop;password=(secret);",
    ],
    ["jdbc:oracle:thin:app/pw@//db:1521/x", "hidden: jdbc:oracle:thin:app/(secret)@//db:1521/x"],
    ["mongodb://app:p@db1,db2/shop", "hidden: mongodb://app:(secret)@db1,db2/shop"],
    ["https://app:pw@one/?token=pw", "hidden: https://app:(secret)@one/?token=(secret)"],
    ["jdbc:postgresql://app:${file:/a:b}@db/shop", "plain: jdbc:postgresql://app:${file:/a:b}@db/shop"],
    ["mailto:someone@example.org", "plain: mailto:someone@example.org"],
  ])("%s", (text, expected) => {
    expect(shown(guarded("connection.url", text, never))).toBe(expected);
  });
});

describe("what a worker hides has no value", () => {
  test.each(["••••", "***", "[hidden]", "<hidden>"])("%s", (text) => {
    const value = told("any.key", text, never);
    expect(value instanceof Secret && !value.resolved).toBe(true);
  });

  test.each(["*", "a***", "hidden", ""])("%s is a value like any other", (text) => {
    expect(told("any.key", text, never)).toBe(text);
  });
});
