import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { listening, nobody, type TcpServer } from "../../../clients/live/kafka/tcp-servers.ts";
import type { Declared, Given, User } from "./given.ts";

interface Case {
  readonly what: string;
  readonly says: RegExp;
  /** Makes it so, and tells where the file's servers are then. */
  readonly where: () => Promise<Declared> | Declared;
}

const wanted: Declared = { topics: { orders: "{}" }, sources: { numbers: {} } };

/** No command ends but with an error that names the server, and nothing is changed. */
export function unreachable(given: Given): void {
  let user: User;
  let silent: TcpServer;
  beforeAll(async () => {
    user = await given.user();
    silent = await listening(() => {});
    return () => silent.close();
  });
  afterEach(() => {
    given.kafka().heal();
    given.connect().heal();
  });

  const cases: readonly Case[] = [
    {
      what: "a broker that refuses",
      says: /error KP3001 [\s\S]+Nothing\s+listens/,
      where: async () => ({ brokers: await nobody() }),
    },
    {
      what: "a broker that accepts and is silent",
      says: /error KP3002 [\s\S]+within 2 s/,
      where: () => ({ brokers: silent.address }),
    },
    {
      what: "a broker that breaks off in the middle of its first answers",
      says: /error KP3010 [\s\S]+closes the\s+connection/,
      where: () => {
        given.kafka().spoil(3, "cut", { always: true });
        return {};
      },
    },
    {
      what: "a broker that breaks off in the middle of later answers",
      says: /error KP3003 /,
      where: () => {
        given.kafka().spoil(3, "cut", { passing: 1, always: true });
        return {};
      },
    },
    {
      what: "a broker that falls silent later",
      says: /error KP3002 [\s\S]+Metadata within 2 s/,
      where: () => {
        given.kafka().spoil(3, "silence", { passing: 1, always: true });
        return {};
      },
    },
    {
      what: "a worker that refuses",
      says: /error KP3021 /,
      where: async () => ({ url: `http://${await nobody()}` }),
    },
    {
      what: "a worker that accepts and is silent",
      says: /error KP3022 [\s\S]+within 2 s/,
      where: () => ({ url: `http://${silent.address}` }),
    },
    {
      what: "a worker that breaks off in the middle of its answers",
      says: /error KP3025 /,
      where: () => {
        given.connect().spoil("GET /connectors", "cut", { always: true });
        return {};
      },
    },
    {
      what: "a worker that falls silent while it validates",
      says: /error KP3022 /,
      where: () => {
        given.connect().spoil("PUT /connector-plugins/*/config/validate", "silence", { always: true });
        return {};
      },
    },
  ];

  describe("ends every command with an error and nothing done:", () => {
    it.each(cases)("$what", async ({ says, where }) => {
      for (const command of ["plan", "apply --auto-approve"]) {
        await user.declare({ ...wanted, ...(await where()) });
        const { status, stdout, stderr } = await user.kpipe(`${command} --timeout 2s --wait 4s`);
        expect(stderr).toMatch(says);
        expect(stdout + stderr).not.toContain("KP9001");
        expect(status).toBe(1);
      }
      expect((await given.admin().listTopics()).filter((it) => it.startsWith(user.prefix))).toEqual([]);
      expect(await given.rest("GET", "/connectors")).not.toContain(`${user.prefix}numbers`);
      expect(given.connect().written().join()).not.toContain(user.prefix);
      await given.expectOthersUntouched();
    });

    it("and the next apply makes all of it", async () => {
      await user.declare(wanted);
      await user.converges();
    });
  });
}
