import { expect, test } from "vitest";
import { brokerProperties, renderProperties } from "../../stack/kafka/properties.ts";

const three = [1, 2, 3].map((id) => ({ broker: 9091 + id, controller: 9191 + id }));

test("every broker names the whole quorum and its own listeners", () => {
  expect(brokerProperties(three, 1, "/data", "4.3.1")).toMatchObject({
    "node.id": "2",
    "controller.quorum.voters": "1@127.0.0.1:9192,2@127.0.0.1:9193,3@127.0.0.1:9194",
    listeners: "PLAINTEXT://127.0.0.1:9093,CONTROLLER://127.0.0.1:9193",
    "offsets.topic.replication.factor": "3",
  });
});

test("share groups are configured only where the broker has them", () => {
  const sharing = (version: "4.3.1" | "3.9.2") =>
    Object.keys(brokerProperties(three, 0, "/data", version)).some((key) => key.startsWith("share."));
  expect([sharing("4.3.1"), sharing("3.9.2")]).toEqual([true, false]);
});

test("overrides win", () => {
  const overrides = { "auto.create.topics.enable": "true" };
  expect(brokerProperties(three, 0, "/data", "4.3.1", overrides)).toMatchObject(overrides);
});

test("values survive the syntax of properties files", () => {
  expect(renderProperties({ a: "1", b: "back\\slash", c: "two\nlines" })).toBe(
    "a=1\nb=back\\\\slash\nc=two\\nlines\n",
  );
});
