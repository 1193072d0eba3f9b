import { AIVEN_SINK } from "./given.ts";

interface Shape {
  readonly server: string;
  /** The body of `GET /connectors?expand=info&expand=status`. */
  readonly answer: unknown;
  /** Whether it hides PASSWORD values. */
  readonly hidden: boolean;
}

const config = {
  "connector.class": AIVEN_SINK,
  "tasks.max": "1",
  topics: "pg-orders",
  "connection.url": "jdbc:postgresql://127.0.0.1:5433/demo",
  "connection.password": "kafka",
  "insert.mode": "upsert",
  "pk.mode": "record_value",
  "pk.fields": "id",
  name: "orders",
};

function answer(
  over: Readonly<Record<string, string>>,
  part: Readonly<Record<string, unknown>> = {},
): unknown {
  const running = { state: "RUNNING", worker_id: "127.0.0.1:8083", ...part };
  return {
    orders: {
      info: {
        name: "orders",
        config: { ...config, "connection.user": "app", ...over },
        tasks: [{ connector: "orders", task: 0 }],
        type: "sink",
      },
      status: { name: "orders", connector: running, tasks: [{ id: 0, ...running }], type: "sink" },
    },
  };
}

/** One connector as each sort of worker tells it; connectors are the same, what is told beside them is not. */
export const shapes: readonly Shape[] = [
  { server: "Apache 3.9", answer: answer({}), hidden: false },
  // KIP-891 tells the version of the plugin; a task of a sink may have none.
  { server: "Apache 4.3", answer: answer({}, { version: "6.12.0" }), hidden: false },
  { server: "Apache 4.3, without a task's version", answer: answer({}, { version: null }), hidden: false },
  { server: "Confluent 7.8", answer: answer({}), hidden: false },
  { server: "Confluent 7.9.3", answer: answer({ "connection.password": "••••••••" }), hidden: true },
  {
    server: "Confluent 8.x",
    answer: answer(
      { "connection.password": "••••••••", "__internal.config.version": "2" },
      { version: "10.8.4" },
    ),
    hidden: true,
  },
];
