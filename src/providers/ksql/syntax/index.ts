/** The language itself is in src/ksql, a layer of its own: recordings speak it too. */
export * from "../../../ksql/syntax/index.ts";
