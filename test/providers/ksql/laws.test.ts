import fc from "fast-check";
import { expect, test } from "vitest";
import { onRecording } from "./on-recording.ts";

const columns = fc
  .shuffledSubarray(["currency", "note", "happened", "ok"], { minLength: 0 })
  .chain((names) =>
    fc.tuple(
      ...names.map((name) => fc.tuple(fc.constant(name), fc.constantFrom("VARCHAR", "INT", "BIGINT"))),
    ),
  );
const state = fc.record({
  columns,
  threshold: fc.integer({ min: 1, max: 3 }),
  filter: fc.boolean(),
  grouped: fc.constantFrom("none", "plain", "having"),
  inserts: fc.constantFrom("none", "all", "some"),
  partitions: fc.integer({ min: 1, max: 3 }),
});
type State = typeof state extends fc.Arbitrary<infer T> ? T : never;

/** A pipeline in which everything may be replaced. */
function fileOf({ columns: others, threshold, filter, grouped, inserts, partitions }: State): string {
  const replace = ", upgrade: replace, onReplace: { offsets: latest }";
  const source = ["username: VARCHAR", "amount: INT", ...others.map(([name, type]) => `${name}: ${type}`)];
  const where = inserts === "some" ? " WHERE amount > 1" : "";
  const having = grouped === "having" ? " HAVING COUNT(*) > 1" : "";
  const statements = [
    filter &&
      `  high: { sql: 'CREATE STREAM high AS SELECT * FROM p WHERE amount > ${threshold}'${replace} }`,
    filter &&
      `  twice: { sql: 'CREATE STREAM twice AS SELECT username, amount * 2 AS d FROM high'${replace} }`,
    grouped !== "none" &&
      `  totals: { sql: 'CREATE TABLE totals AS SELECT username, COUNT(*) AS n FROM p GROUP BY username${having}'${replace} }`,
    inserts !== "none" && `  copy: { sql: 'INSERT INTO sink SELECT username, amount FROM p${where}' }`,
  ];
  return `topics:
  p: { partitions: ${partitions}, replicationFactor: 1 }
  sink: { partitions: 1, replicationFactor: 1 }
claim: { topics: ["*"], ksql: ["*"] }
ksql:
  p: { stream: { topic: p, valueFormat: JSON, columns: { ${source.join(", ")} } }, upgrade: replace }
  sink: { stream: { topic: sink, valueFormat: JSON, columns: { username: VARCHAR, amount: INT } } }
${statements.filter((it) => it !== false).join("\n")}
`;
}

test("from any state to any other: what is planned is done, what is done is as declared, and nothing else is lost", async () => {
  await fc.assert(
    fc.asyncProperty(state, state, async (first, second) => {
      const cluster = onRecording();
      await cluster.apply(fileOf(first));
      // Partitions only grow.
      const wanted = fileOf({ ...second, partitions: Math.max(first.partitions, second.partitions) });
      const held = await cluster.plan(wanted, { prune: true });
      // What is to be pruned may hold up a replace; without the replace it goes.
      expect(held.faults.filter((it) => !it.startsWith("KP2203"))).toEqual([]);
      if (held.faults.length > 0) {
        await cluster.apply(fileOf({ ...second, columns: first.columns, partitions: first.partitions }), {
          prune: true,
        });
      }
      const planned = await cluster.plan(wanted, { prune: true });
      expect(planned.faults).toEqual([]);
      const said = await cluster.apply(wanted, { prune: true });
      expect(said.filter((it) => /failed|skipped/.test(it))).toEqual([]);
      expect(said).toHaveLength(planned.changes.length);
      expect(await cluster.plan(wanted, { prune: true })).toMatchObject({
        changes: [],
        faults: [],
        remarks: [],
      });
      expect(cluster.executed.join()).not.toContain("DELETE TOPIC");
    }),
    { numRuns: 60 },
  );
});

test("a plan is the same again, and changes nothing by being made", async () => {
  await fc.assert(
    fc.asyncProperty(state, state, async (first, second) => {
      const cluster = onRecording();
      await cluster.apply(fileOf(first));
      const executed = cluster.executed.length;
      const { draft: _, ...one } = await cluster.plan(fileOf(second));
      expect(await cluster.plan(fileOf(second))).toMatchObject(one);
      expect(cluster.executed).toHaveLength(executed);
    }),
    { numRuns: 20 },
  );
});
