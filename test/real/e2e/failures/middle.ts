import { afterEach, describe, expect, it } from "vitest";
import type { Ran } from "../../../builders/project.ts";
import { type Declared, type Given, hasty } from "./given.ts";

/** With so many config entries 500 topics are two requests, and cost the broker no more files. */
const entries = [
  "retention.ms: 7d",
  "retention.bytes: 1GiB",
  "max.message.bytes: 1MiB",
  "segment.ms: 1d",
  "segment.jitter.ms: 0",
  "flush.ms: 1d",
  "flush.messages: 100000",
  "file.delete.delay.ms: 1m",
  "delete.retention.ms: 1d",
  "min.compaction.lag.ms: 0",
].join(", ");

const manyTopics = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`t${at}`, `{ config: { ${entries} } }`]));
const manySources = (count: number): NonNullable<Declared["sources"]> =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`s${at}`, {}]));

const createTopics = 19;

/** What strikes in the middle of an apply: the next one, or the same, ends in the declared state. */
export function middle(given: Given): void {
  afterEach(async () => {
    given.kafka().show();
    await given.expectOthersUntouched();
  });

  const names = async (prefix: string) =>
    (await given.admin().listTopics()).filter((it) => it.startsWith(prefix));

  describe("an apply", () => {
    it("waits for metadata that lags", async () => {
      const user = await given.user();
      await user.declare({ sources: { numbers: {} } });
      given.kafka().hide(`${user.prefix}lines`);
      const validated = given.kafka().answered(createTopics);
      const running = user.kpipe(`apply --auto-approve ${hasty}`);
      await validated;
      await given.kafka().answered(createTopics);
      expect(await names(user.prefix)).toEqual([`${user.prefix}lines`]);
      // A plan that sees it no more than the apply does tells that it is there.
      const meanwhile = await user.kpipe("plan");
      expect(meanwhile.stdout + meanwhile.stderr).toMatch(/exists/);
      expect(meanwhile.status).toBe(1);
      given.kafka().show();
      const ran = await running;
      expect(ran, ran.stdout + ran.stderr).toMatchObject({ status: 0 });
      await user.expectConverged();
    });

    it("beside another of the same file ends truthfully, and both in the declared state", async () => {
      const user = await given.user();
      await user.declare({ topics: { a: "{}", b: "{ partitions: 2 }" }, sources: manySources(3) });
      const apply = () => user.kpipe(`apply --auto-approve ${hasty}`);
      const truthful = ({ status, stdout, stderr }: Ran) => {
        expect(stdout + stderr).not.toContain("KP9001");
        // 1: the other one was quicker while this one planned; 4: while it wrote. Both say what.
        expect([0, 1, 4], stdout + stderr).toContain(status);
        if (status !== 0) expect(stdout + stderr).toMatch(/KP2014|KP\d{4}[\s\S]+(exist|somebody else)/);
      };
      const both = await Promise.all([apply(), apply()]);
      for (const ran of both) truthful(ran);
      expect(both.map(({ status }) => status)).toContain(0);
      await user.expectConverged();

      await user.declare({
        topics: { a: "{ partitions: 3 }", b: "{ partitions: 2, config: { retention.ms: 1d } }" },
        sources: { ...manySources(2), s2: { config: { "batch.size": "7" }, state: "paused" } },
      });
      const changed = await Promise.all([apply(), apply()]);
      for (const ran of changed) truthful(ran);
      expect(changed.map(({ status }) => status)).toContain(0);
      await user.expectConverged();
      expect((await names(user.prefix)).length).toBe(3);

      await user.declare({
        topics: { lines: "{}", b: "{ partitions: 2, config: { retention.ms: 1d } }" },
        removed: [`topic/${user.prefix}a`, ...[0, 1, 2].map((at) => `connector/${user.prefix}s${at}`)],
      });
      const removed = await Promise.all([apply(), apply()]);
      for (const ran of removed) truthful(ran);
      expect(removed.map(({ status }) => status)).toContain(0);
      await user.expectConverged();
    });

    it("waits for a broker that dies between two chunks and comes back", async () => {
      const user = await given.user();
      await user.declare({ topics: manyTopics(500), sources: manySources(1) });
      const running = user.kpipe("apply --auto-approve --timeout 1m --wait 1m");
      // The plan validates in as many requests as the apply makes: the third is the first that writes.
      for (let request = 1; request <= 3; request += 1) await given.kafka().answered(createTopics);
      await given.cluster().kill(0);
      await given.cluster().restart(0);
      const ran = await running;
      expect(ran, ran.stdout + ran.stderr).toMatchObject({ status: 0 });
      await user.expectConverged();
      expect(await names(user.prefix)).toHaveLength(501);
    });

    it("that is killed, twice, is finished by the next, and nothing is made twice", async () => {
      const user = await given.user();
      await user.declare({ topics: manyTopics(500), sources: manySources(20) });
      const amongTopics = await user.kpipe("apply --auto-approve --timeout 1m", { killOn: " 20/521]" });
      expect(amongTopics.status).toBeNull();
      expect((await names(user.prefix)).length).toBeGreaterThan(20);
      const left = await user.kpipe("plan");
      const open = Number(/^(\d+) to create/m.exec(left.stdout)?.[1]);
      expect(open).toBeGreaterThan(20);

      const amongConnectors = await user.kpipe("apply --auto-approve --timeout 1m", {
        killOn: `${open - 12}/${open}]`,
      });
      expect(amongConnectors.status).toBeNull();
      const last = await user.kpipe("apply --auto-approve --timeout 1m");
      expect(last, last.stdout + last.stderr).toMatchObject({ status: 0 });
      await user.expectConverged();

      expect(await names(user.prefix)).toHaveLength(501);
      const written = given.connect().written();
      for (let at = 0; at < 20; at += 1) {
        const name = `${user.prefix}s${at}`;
        expect(await given.rest("GET", `/connectors/${name}/status`)).toMatchObject({
          connector: { state: "RUNNING" },
          tasks: [{ state: "RUNNING" }],
        });
        expect(written.filter((it) => it.split(/[ /]/).includes(name))).toEqual([`POST /connectors ${name}`]);
      }
    });
  });
}
