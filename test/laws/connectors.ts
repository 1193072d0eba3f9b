import fc from "fast-check";
import type { ConnectorRecording } from "../../src/clients/recorded/document.ts";
import { fileConnectors } from "../clients/recorded/file-connectors.ts";
import { type Both, byAddress, entriesOf, liveOf, type Part, someOf, undeclared, type View } from "./part.ts";
import { CLICKS, ORDERS } from "./topics.ts";

const names = ["shop-source", "shop-sink", "shop-archive"];
const foreign = ["other-sink", "shopping-sink"];
const SOURCE = "org.apache.kafka.connect.file.FileStreamSourceConnector";
const SINK = "org.apache.kafka.connect.file.FileStreamSinkConnector";
const states = ["running", "paused", "stopped"] as const;

const configs: fc.Arbitrary<{ readonly class: string; readonly config: Readonly<Record<string, string>> }> =
  fc.oneof(
    someOf({ file: ["/tmp/in", "/tmp/other"], "batch.size": ["100", "2000"] }).map((config) => ({
      class: SOURCE,
      config: { topic: ORDERS, ...config },
    })),
    someOf({ file: ["/tmp/out"], "tasks.max": ["1", "2"], "errors.tolerance": ["all", "none"] }).chain(
      (config) =>
        fc
          .constantFrom(ORDERS, CLICKS, `${ORDERS},${CLICKS}`)
          .map((topics) => ({ class: SINK, config: { topics, ...config } })),
    ),
  );

/** A password of the file is sent, and no recording holds it. */
const declared = fc
  .record({ settings: configs, state: fc.constantFrom(...states), secret: fc.boolean() })
  .map(({ settings, state, secret }) => ({
    class: settings.class,
    state,
    config: { ...settings.config, ...(secret && { "db.password": "${env.DB_PASSWORD}" }) },
  }));

const health: fc.Arbitrary<Pick<ConnectorRecording, "status" | "tasks">> = fc.oneof(
  fc
    .constantFrom(...states)
    .map((state) => ({ status: { state }, tasks: state === "stopped" ? [] : [{ state }] })),
  fc.constant({
    tasks: [
      {},
      { state: "failed" as const, trace: "java.io.IOException: No space left\n\tat a.B.c(B.java:1)" },
    ],
  }),
  fc.constant({ status: { state: "failed" as const }, tasks: [] }),
);

const live: fc.Arbitrary<ConnectorRecording> = fc
  .record({ settings: configs, health, hidden: fc.boolean(), topics: fc.subarray([ORDERS, CLICKS]) })
  .map(({ settings, health: how, hidden, topics }) => ({
    config: {
      "connector.class": settings.class,
      ...settings.config,
      ...(hidden && { "db.password": "[hidden]" }),
    },
    ...how,
    topics,
  }));

function either(name: string): fc.Arbitrary<Both<object, ConnectorRecording>> {
  return fc.record({ name: fc.constant(name), declared: fc.option(declared), live: fc.option(live) });
}

/** Connectors of one worker, some of them this pipeline's. */
export const connectors: fc.Arbitrary<Part> = fc
  .record({
    ours: fc.tuple(...names.map(either)),
    removed: fc.subarray(names),
    theirs: fc.tuple(
      ...foreign.map((name) => fc.option(live).map((it) => ({ name, declared: null, live: it }))),
    ),
  })
  .map(
    ({ ours, removed, theirs }): Part => ({
      section: "connectors",
      claim: { connectors: ["shop-*"] },
      entries: entriesOf(ours),
      removed: undeclared("connector", ours, removed),
      budget: "connector",
      onto: (recording) => ({
        ...recording,
        connect: { default: { ...fileConnectors, connectors: liveOf([...ours, ...theirs]) } },
      }),
    }),
  );

export const connectorView: View = ({ connect }) => byAddress("connector", connect?.default?.connectors);
