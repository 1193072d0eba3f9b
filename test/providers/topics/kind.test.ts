import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { matchesAny } from "../../../src/core/claim.ts";
import { topicKind } from "../../../src/providers/topics/kind.ts";
import { declared } from "./given.ts";

test.each<[path: string, value: string | number | null, shown: string]>([
  ["config/retention.ms", "604800000", "7d"],
  ["config/retention.ms", "-1", "-1"],
  ["config/retention.ms", "9223372036854775807", "9223372036854775807"],
  ["config/retention.ms", "5", "5"],
  ["config/segment.bytes", "1073741824", "1GiB"],
  ["config/max.message.bytes", "1048588", "1048588"],
  ["config/min.insync.replicas", "86400000", "86400000"],
  ["config/cleanup.policy", "compact,delete", "compact,delete"],
  ["partitions", 6, "6"],
  ["replicationFactor", null, "uneven"],
])("%s %j is shown as %s", (path, value, shown) => {
  expect(topicKind.show(path.split("/"), value)).toBe(shown);
});

test("a new topic is summed up by what was declared", () => {
  const topic = declared("{ partitions: 3, config: { retention.ms: 7d, segment.ms: null } }");
  expect(topicKind.summary(topic.spec)).toEqual([
    { path: ["partitions"], value: 3 },
    { path: ["config", "retention.ms"], value: "604800000" },
  ]);
});

const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(topicKind.section.schema);

test.each<[yaml: string, valid: boolean]>([
  ["", true],
  ["{}", true],
  ["config:", true],
  ["{ partitions: 1, replicationFactor: 32767, protect: true, unmanagedConfig: ignore }", true],
  ["{ partitions: null, replicationFactor: null }", true],
  ["config: { retention.ms: 7d, cleanup.policy: [compact, delete], preallocate: true, x: 1, y: null }", true],
  ["partitions: 0", false],
  ["partitions: 1.5", false],
  ["partitions: '3'", false],
  ["replicationFactor: 32768", false],
  ["replicationFactor: 0", false],
  ["unmanagedConfig: delete", false],
  ["retention.ms: 7d", false],
  ["config: { retention.ms: [7d] }", false],
  ["config: { retention.ms: { days: 7 } }", false],
  ["config: [retention.ms]", false],
  ["protect: yes please", false],
])("schema: %j is %s", (yaml, valid) => {
  expect(validate(parse(yaml))).toBe(valid);
});

test("what belongs to brokers, workers and Streams applications is hidden", () => {
  const hidden = ["__consumer_offsets", "_schemas", "app-KSTREAM-1-changelog", "x-repartition"];
  const workers = ["connect-configs", "connect-offsets-2", "connect-status"];
  const seen = ["purchases", "changelog", "a-changelog-b", "my-connect-configs"];
  const isHidden = (name: string) => matchesAny(topicKind.hidden, name);
  expect([...hidden, ...workers].filter((it) => !isHidden(it))).toEqual([]);
  expect(seen.filter(isHidden)).toEqual([]);
});
