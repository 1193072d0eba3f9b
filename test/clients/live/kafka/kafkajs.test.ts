import { afterEach, expect, test, vi } from "vitest";

afterEach(() => {
  vi.doUnmock("kafkajs");
  vi.resetModules();
});

test("another kafkajs, without the part that kpipe builds on, is named", async () => {
  vi.doMock("kafkajs", () => ({ default: { Kafka: class {} } }));
  const { kafkajsBroker } = await import("../../../../src/clients/live/kafka/kafkajs.ts");
  const settings = { host: "localhost", port: 9092, clientId: "kpipe", timeoutMs: 1, sasl: undefined };
  const socketFactory = () => {
    throw new Error("not reached");
  };
  await expect(kafkajsBroker({ ...settings, socketFactory })).rejects.toThrow(
    "kpipe needs kafkajs 2.2.4 exactly",
  );
});
