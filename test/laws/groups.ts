import fc from "fast-check";
import { groupConfigKeys } from "../../src/clients/kafka-config-keys.ts";
import type { GroupRecording } from "../../src/clients/recorded/document.ts";
import { type Both, byAddress, entriesOf, liveOf, type Part, someOf, undeclared, type View } from "./part.ts";
import { CLICKS, ORDERS } from "./topics.ts";

const names = ["shop-billing", "shop-search", "shop-idle"];
const foreign = ["other-app", "shopping", "connect-shop-sink"];

const declared = fc.record(
  {
    topics: fc.subarray([ORDERS, CLICKS], { minLength: 1 }),
    startFrom: fc.constantFrom("earliest", "latest"),
    maxLag: fc.nat(30),
    members: fc.integer({ min: 1, max: 2 }),
    config: someOf<string | number | null>({
      "consumer.session.timeout.ms": ["50s", 45000, null],
      "consumer.heartbeat.interval.ms": [3000, null],
    }),
  },
  { requiredKeys: ["topics"] },
);

/** Every topic of a recording has a partition 0; what a group has of the others is up to chance. */
const live: fc.Arbitrary<GroupRecording> = fc
  .record({
    topics: fc.subarray([ORDERS, CLICKS]),
    offsets: fc.tuple(fc.nat(20), fc.nat(20)),
    members: fc.constantFrom(0, 0, 1),
    protocol: fc.constantFrom("classic" as const, "consumer" as const),
  })
  .map(({ topics, offsets, members, protocol }) => ({
    protocol,
    committed: Object.fromEntries(topics.map((topic, at) => [topic, { 0: String(offsets[at] ?? 0) }])),
    members: Array.from({ length: members }, () => ({ clientId: "app-1", host: "/10.0.0.7", topics })),
  }));

const configs = someOf({
  "consumer.session.timeout.ms": ["45000", "50000"],
  "share.session.timeout.ms": ["45000"],
});

function either(name: string): fc.Arbitrary<Both<object, GroupRecording>> {
  return fc.record({ name: fc.constant(name), declared: fc.option(declared), live: fc.option(live) });
}

/** Groups, active and idle, some of them this pipeline's; configs outlive the groups that they were set on. */
export const groups: fc.Arbitrary<Part> = fc
  .record({
    ours: fc.tuple(...names.map(either)),
    removed: fc.subarray(names),
    theirs: fc.tuple(
      ...foreign.map((name) => fc.option(live).map((it) => ({ name, declared: null, live: it }))),
    ),
    configs: fc.dictionary(fc.constantFrom(...names, ...foreign), configs),
  })
  .map(
    ({ ours, removed, theirs, configs: set }): Part => ({
      section: "consumerGroups",
      claim: { groups: ["shop-*"] },
      entries: entriesOf(ours),
      removed: undeclared("group", ours, removed),
      budget: "group",
      onto: (recording) => ({
        ...recording,
        kafka: {
          ...recording.kafka,
          groups: liveOf([...ours, ...theirs]),
          groupConfigKeys,
          groupConfigs: Object.fromEntries(
            Object.entries(set).filter(([, config]) => Object.keys(config).length > 0),
          ),
        },
      }),
    }),
  );

/** Its configs are kept apart from the group itself, which need not be there. */
export const groupView: View = ({ kafka }) => {
  const names = Object.keys({ ...kafka.groups, ...kafka.groupConfigs });
  return byAddress(
    "group",
    Object.fromEntries(
      names.map((name) => [name, { group: kafka.groups?.[name], config: kafka.groupConfigs?.[name] }]),
    ),
  );
};
