import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { caseNames, golden, readCase } from "./case.ts";

/** Folders that show it, and test files for what a recording can't show. */
type Index = Readonly<
  Record<string, { readonly cases: readonly string[]; readonly tests?: readonly string[] }>
>;

/** What tools of the same sort get wrong, by area, and what kpipe does instead. */
const peers: Index = {
  "delete: absence never deletes; claim, --prune, protect and budget have to agree": {
    cases: [
      "absence-never-deletes",
      "several-orphans-are-listed-one-a-line",
      "prune-deletes-orphans-within-the-budget",
      "a-prune-over-the-budget-is-held-back",
      "a-protected-orphan-is-not-pruned",
      "removed-deletes-a-topic-by-name",
      "removed-is-over-the-budget-without-one",
      "removed-goes-in-reverse-order",
      "a-removed-topic-names-its-foreign-readers",
      "an-empty-claim-pattern-is-an-error",
      "without-a-claim-nothing-is-an-orphan",
      "an-orphaned-connector-is-listed",
      "one-connector-is-pruned-by-the-default-budget",
    ],
  },
  "partitions: a decrease is refused in the plan, with the line": {
    cases: [
      "fewer-partitions-are-refused",
      "more-partitions-are-added-and-keys-move",
      "undeclared-partitions-are-the-brokers-choice",
    ],
    tests: ["test/real/e2e/topics.test.ts"],
  },
  "replication factor: executed by reassignment, or refused": {
    cases: [
      "a-higher-replication-factor-is-carried-out",
      "a-lower-replication-factor-is-carried-out",
      "an-uneven-replication-factor-is-evened-out",
      "more-replicas-than-brokers-are-refused",
      "all-replicas-in-sync-is-a-risk",
    ],
    tests: ["test/real/e2e/brokers.test.ts"],
  },
  "topic config: only overrides count, a removed key is reset, an unmanaged one is ignore, warn or reset": {
    cases: [
      "broker-defaults-are-no-changes",
      "ten-topics-with-defaults-are-as-declared",
      "unmanaged-config-is-ignored",
      "unmanaged-config-is-reported",
      "unmanaged-config-is-reset",
      "null-resets-a-config",
      "a-config-that-the-broker-hides-is-unverifiable",
      "spellings-that-brokers-normalise-are-no-changes",
      "a-shorter-retention-says-what-becomes-deletable",
      "a-new-cleanup-policy-says-what-it-means",
    ],
  },
  "slow plans: a fixed number of requests": {
    cases: ["ten-new-topics-with-defaults", "many-topics-are-one-line-each"],
    tests: ["test/real/kafka/request-count.test.ts", "test/providers/topics/read.test.ts"],
  },
  "connector config: equal, different or unverifiable": {
    cases: [
      "a-masked-password-is-unverifiable",
      "a-masked-password-goes-along-with-the-next-change",
      "keys-that-the-server-adds-are-no-changes",
      "a-key-that-the-file-lacks-is-removed",
      "references-of-the-worker-pass-through",
      "an-unset-secret-is-unverifiable-offline",
      "a-live-connector-keeps-its-class",
    ],
  },
  "connector state: config and state are both sent, failed tasks are restarted": {
    cases: [
      "config-and-state-change-together",
      "failed-tasks-are-restarted",
      "a-connector-that-failed-itself-is-restarted",
      "failed-tasks-of-a-paused-connector-rest",
      "a-stopped-connector-is-resumed",
      "a-new-connector-may-start-stopped",
    ],
    tests: ["test/real/connectors.test.ts"],
  },
  "connector health: apply waits for running tasks, and fails with the trace": {
    cases: [],
    tests: ["test/providers/connectors/driver.test.ts", "test/real/connectors.test.ts"],
  },
  "connector errors: a 409 of a rebalance is retried": {
    cases: [],
    tests: ["test/clients/live/connect/connect.test.ts"],
  },
  "missing object: deleted by hand is drift": {
    cases: [
      "vanished",
      "a-connector-deleted-by-hand-is-created-again",
      "what-is-removed-already-is-no-change",
    ],
  },
  "ksqlDB text: compared as parsed statements": {
    cases: [
      "statements-that-ksqldb-rewrote-are-as-declared",
      "a-statement-that-is-not-understood-is-unverifiable",
    ],
  },
  "ksqlDB upgrade: in place, replace or refused is in the plan": {
    cases: [
      "another-threshold-is-changed-in-place",
      "a-new-having-is-refused-with-the-reason",
      "a-new-having-is-replaced-where-the-file-says-so",
      "a-source-that-others-hold-is-not-replaced",
      "a-column-that-ksqldb-refuses-is-told-at-its-place",
    ],
  },
  "ksqlDB order: one graph over all kinds, reversed for deletes": {
    cases: [
      "a-stream-and-its-filter-are-created-after-their-topic",
      "a-replaced-source-takes-what-was-made-from-it",
      "removed-streams-are-dropped-readers-first",
    ],
  },
  "exit codes: changes and errors are apart": {
    cases: [
      "as-declared",
      "errors-beat-guards",
      "a-prune-over-the-budget-is-held-back",
      "lag-and-members-are-checks",
    ],
    tests: ["test/cli/commands.test.ts", "test/real/e2e/brokers.test.ts"],
  },
  "JSON plan: stable, versioned, with a schema": { cases: ["new"], tests: ["test/corpus/corpus.test.ts"] },
  "saved plan: stale, and nothing written": { cases: [], tests: ["test/cli/commands.test.ts"] },
  "secrets: never written anywhere": {
    cases: [
      "another-password-is-a-change-without-its-value",
      "a-password-told-in-clear-is-compared-and-not-shown",
      "secrets-are-refused-where-they-would-be-read",
    ],
    tests: ["test/secrets/recorded.test.ts"],
  },
  "lists: sets are compared as sets": { cases: ["list-order-is-no-change"] },
  "big integers: config values are read as text": { cases: ["big-integers-keep-their-digits"] },
};

/** The design's table: where the file and the cluster stand to each other. */
const drift: Index = {
  "new: create": { cases: ["new"] },
  "adopted: update if different": { cases: ["adopted"] },
  "intended: update": { cases: ["more-partitions-are-added-and-keys-move"] },
  "drift: revert": { cases: ["drifted"] },
  "conflict: update, marked": { cases: [] },
  "vanished: create, loud": { cases: ["vanished"] },
  "delete candidate: orphan, unless --prune": { cases: ["prune-deletes-orphans-within-the-budget"] },
  "orphan: listed": { cases: ["absence-never-deletes"] },
  "foreign: silent": { cases: ["what-another-pipeline-has-is-foreign"] },
};

/** What else the design says of the file and the plan. */
const design: Index = {
  "claim: limits what may be changed, never what may be read": {
    cases: [
      "a-declared-name-outside-the-claim-is-an-error",
      "removed-outside-the-claim-is-an-error",
      "the-claim-of-topics-minds-case",
      "internal-topics-and-changelogs-are-never-orphans",
      "declared-and-removed-is-an-error",
    ],
  },
  "derived: shown under its writer, never an orphan": {
    cases: ["what-a-source-writes-is-derived", "an-orphaned-connector-is-listed"],
  },
  "overlays: maps merge, scalars and lists replace, null removes": {
    cases: ["an-overlay-merges-by-key", "a-null-survives-overlays", "an-overlay-that-is-missing-is-an-error"],
  },
  "values: variables everywhere, secrets where they stay secret": {
    cases: ["variables-stand-in-names-and-values", "an-unknown-variable-is-an-error"],
  },
  "files: several are one pipeline": { cases: ["several-files-are-one-pipeline", "an-empty-pipeline"] },
  "targets: a part is planned, and says what it lacks": {
    cases: ["target-plans-a-part", "exclude-leaves-a-part-out", "a-target-that-needs-more-says-so"],
  },
  "bad input: diagnostics, each with its place": {
    cases: [
      "what-yaml-cannot-read-is-an-error",
      "a-key-that-stands-twice-is-an-error",
      "unknown-keys-are-refused-with-the-one-that-is-meant",
      "a-damaged-recording-is-an-error",
      "without-a-cluster-there-is-no-plan",
      "escapes-of-a-server-are-shown-and-not-obeyed",
    ],
  },
  "refused early: topics, at the line": {
    cases: [
      "bad-topic-configs-are-refused-at-their-line",
      "a-config-that-these-brokers-lack-is-refused",
      "a-config-of-another-make-of-broker-is-taken",
      "a-config-that-nobody-knows-is-refused",
      "more-in-sync-replicas-than-replicas-are-refused",
      "more-in-sync-replicas-than-the-brokers-default-are-refused",
      "too-many-in-sync-replicas-in-the-file-itself",
      "names-that-collide-are-refused",
      "a-name-that-collides-with-a-live-one-is-refused",
      "impossible-names-are-refused",
    ],
  },
  "refused early: connectors, at the line": {
    cases: [
      "bad-connector-configs-are-refused-at-their-line",
      "what-the-worker-refuses-is-told-at-the-line",
      "a-plugin-that-is-not-installed-is-refused",
      "two-plugins-that-fit-a-type-are-an-error",
      "a-source-whose-topic-nobody-creates-is-refused",
      "an-unknown-connect-cluster-is-refused",
      "no-connect-in-the-file-is-an-error",
      "a-worker-of-another-kafka-is-refused",
      "a-connector-on-two-clusters-does-its-work-twice",
      "connectors-that-feed-each-other-are-refused",
      "formats-that-do-not-match-are-a-warning",
    ],
  },
  "connectors: order, and what a change costs": {
    cases: [
      "a-new-connector-comes-after-its-topic",
      "a-changed-mode-may-read-rows-again",
      "a-source-of-another-class-may-not-know-its-offsets",
      "a-sink-of-another-class-goes-on-where-it-was",
    ],
  },
  "groups: started, checked, configured, deleted": {
    cases: [
      "a-group-starts-where-the-file-says",
      "a-group-starts-at-a-time",
      "a-group-starts-on-new-partitions-too",
      "a-partition-without-a-commit-is-started",
      "a-group-with-members-decides-for-itself",
      "groups-of-both-protocols-are-as-declared",
      "lag-and-members-are-checks",
      "a-missing-group-is-a-note",
      "a-start-on-a-missing-topic-is-refused",
      "a-start-on-a-topic-that-is-not-selected-is-refused",
      "a-start-on-partitions-that-are-not-selected-is-refused",
      "bad-group-entries-are-refused-at-their-line",
      "group-configs-are-set",
      "group-configs-on-old-brokers-are-refused",
      "an-orphaned-group-is-listed-with-its-lag",
      "removed-deletes-a-group",
      "a-group-in-use-is-not-deleted",
      "a-protected-group-is-not-pruned",
    ],
    tests: ["test/real/groups.test.ts"],
  },
  "ksqlDB: queries, types and topics beside the statements": {
    cases: [
      "a-paused-query-is-resumed",
      "a-declared-sink-topic-wins",
      "a-changed-type-takes-what-uses-it",
      "a-changed-insert-is-terminated-and-inserted-anew",
      "a-pruned-stream-takes-its-topic-along",
    ],
  },
};

/** Rows that have no case yet. A row that gets one leaves this list. */
const open = ["conflict: update, marked"];

const rows = [peers, drift, design].flatMap((index) => Object.entries(index));

describe("the index of the corpus", () => {
  test.each(rows)("%s", (_row, { cases, tests = [] }) => {
    expect(cases.filter((name) => !caseNames.includes(name))).toEqual([]);
    const root = fileURLToPath(new URL("../../", import.meta.url));
    expect(tests.filter((file) => !existsSync(root + file))).toEqual([]);
  });

  test("has something for every row but the open ones", () => {
    const empty = rows.filter(([, { cases, tests = [] }]) => cases.length + tests.length === 0);
    expect(empty.map(([row]) => row)).toEqual(open);
  });

  test("names every folder", () => {
    const named = new Set(rows.flatMap(([, { cases }]) => cases));
    expect(caseNames.filter((name) => !named.has(name))).toEqual([]);
  });

  test.each(caseNames)(
    "%s says what it shows in a sentence, and holds nothing that nobody compares",
    (name) => {
      const it = readCase(name);
      expect(it.shows).toMatch(/^[^\s].{20,160}\.$/);
      const printed = [
        "plan.txt",
        "plan.json",
        ...(it.apply ? ["apply.txt"] : []),
        ...(it.apply && it.exit === 0 ? ["plan-after.txt"] : []),
        ...(it.drift === undefined ? [] : ["drift.txt"]),
      ];
      const goldens = readdirSync(golden(name, ".")).filter((file) => /\.txt$|^plan\.json$/.test(file));
      expect(goldens.toSorted()).toEqual(printed.toSorted());
    },
  );
});
