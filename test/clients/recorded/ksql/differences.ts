interface Topic {
  readonly partitions: number;
  readonly config?: Record<string, string>;
}

/** What happened beside ksqlDB before an exchange: topics that were created, or deleted (null). */
export const outside: Readonly<Record<string, Readonly<Record<string, Topic | null>>>> = {
  "422-describe-after-external-topic-delete": { ext: null },
  "429-create-on-existing-topic-partitions-mismatch": { pre: { partitions: 4 } },
  "500-csas-into-precreated-topic-custom-retention": {
    ret2: { partitions: 1, config: { "retention.ms": "3600000" } },
  },
  "504-csas-into-compacted-topic": { cmp2: { partitions: 1, config: { "cleanup.policy": "compact" } } },
  "505-csas-into-5-partition-topic": { ret5: { partitions: 5 } },
  "610-create": { "dbz.public.items": { partitions: 1 } },
  "800-create-base": { "dbz.public.items": { partitions: 1 } },
};

const looks = "no operation of KsqlPort asks this";
const connectors = "connectors are managed through Connect, never through ksqlDB";
const asserts = "kpipe never asserts";
const login = "a recording has no login";

/** Exchanges that are not compared, because kpipe never asks for what they ask. */
export const notAsked: Readonly<Record<string, string>> = {
  "014-list-all-topics": looks,
  "015-show-topics-extended": looks,
  "017-list-variables-empty": looks,
  "018-list-functions": looks,
  "020-list-properties": looks,
  "036-describe-extended-old-syntax": looks,
  "045-explain-query-id": looks,
  "046-explain-statement": looks,
  "047-explain-unknown": looks,
  "190-list-variables-after": looks,
  "191b-undefined-variable": looks,
  "198b-describe-unquoted": looks,
  "216-describe-unknown": looks,
  "218-print-on-ksql": looks,
  "231-command-sequence-number-past": looks,
  "232-command-sequence-number-future": looks,
  "241-describe-function": looks,
  "302-insert-values-bad-type": "kpipe never writes records",
  "303-insert-values-unknown-col": "kpipe never writes records",
  "425-explain-errored-query": looks,
  "520-list-properties": looks,
  "602-explain-errored": looks,
  "617-explain-error-state": looks,
  "810-explain-replace-npe": looks,
  "237-assert-topic": asserts,
  "238-assert-topic-fails": asserts,
  "239-assert-not-exists": asserts,
  "240-assert-schema-missing": asserts,
  "019-list-connectors": connectors,
  "021-show-connector-plugins": connectors,
  "410-create-connector": connectors,
  "411-list-connectors": connectors,
  "412-describe-connector": connectors,
  "412b-describe-connector-quoted": connectors,
  "413-create-connector-again": connectors,
  "414-create-connector-if-not-exists": connectors,
  "415-create-connector-bad-class": connectors,
  "416-describe-unknown-connector": connectors,
  "417-drop-connector": connectors,
  "418-drop-connector-unknown": connectors,
  "419-drop-connector-if-exists": connectors,
  "701-auth-none-ksql": login,
  "702-auth-bad": login,
  "703-auth-ok": login,
  "704-auth-wrong-role": login,
};

/** Refusals with the same code and words of kpipe's own parser, which say more than the server's. */
export const otherWords: ReadonlySet<string> = new Set([
  "194-double-quoted-with",
  "210-syntax-error",
  "228c-multi-statement-syntax-error-second",
  "299-reserved-word-column",
  "518-unquoted-hyphen",
]);

const slow = "the server was still busy with the statement before; a recording is done at once";
const registry = "a recording has no schema registry";
const guessed = "lists AV5, whose columns come from a schema registry";

/** Exchanges that a recorded ksqlDB answers otherwise, and why. This list may only shrink. */
export const differences: Readonly<Record<string, string>> = {
  "054-list-queries-after-replace": slow,
  "213-only-semicolon": "an empty statement is none, and is taken",
  "230-streams-properties-unknown": "a recording doesn't know every property of Kafka's clients",
  "334-avro-infer-no-schema": registry,
  "338-value-schema-id": registry,
  "401-list-streams-extended-before-restart": guessed,
  "403-list-streams-extended-after-restart": guessed,
  "423-list-streams-extended-with-missing-topic": guessed,
};
