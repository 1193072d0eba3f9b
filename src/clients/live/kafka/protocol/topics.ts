import type { NewPartitions, NewTopic } from "../../../kafka.ts";
import type { NamedAnswer, Request } from "./request.ts";
import type { Reader } from "./wire.ts";

interface Batch<T> {
  readonly items: readonly T[];
  readonly validateOnly: boolean;
  /** How long the controller may take before it answers REQUEST_TIMED_OUT. */
  readonly timeoutMs: number;
}

function namedAnswers(from: Reader): NamedAnswer[] {
  return from.array(() => {
    const name = from.text();
    const code = from.int16();
    const message = from.string();
    from.end();
    return { name, code, message };
  });
}

/** Version 4 is the first in which -1 asks for the broker's default (KIP-464). */
export const createTopics: Request<Batch<NewTopic>, readonly NamedAnswer[]> = {
  key: 19,
  name: "CreateTopics",
  versions: [4, 4],
  flexibleFrom: 5,
  since: "2.4",
  write(out, { items, validateOnly, timeoutMs }) {
    out.array(items, ({ name, partitions, replicationFactor, config }) => {
      out.string(name);
      out.int32(partitions ?? -1);
      out.int16(replicationFactor ?? -1);
      out.int32s([]); // assignments
      out.array([...config], ([key, value]) => {
        out.string(key);
        out.string(value);
      });
    });
    out.int32(timeoutMs);
    out.boolean(validateOnly);
  },
  read(from) {
    from.int32(); // throttle_time_ms
    return namedAnswers(from);
  },
};

export const createPartitions: Request<Batch<NewPartitions>, readonly NamedAnswer[]> = {
  key: 37,
  name: "CreatePartitions",
  versions: [0, 1],
  flexibleFrom: 2,
  since: "1.0",
  write(out, { items, validateOnly, timeoutMs }) {
    out.array(items, ({ topic, partitions }) => {
      out.string(topic);
      out.int32(partitions);
      out.array(null, () => {}); // assignments: the controller's choice
    });
    out.int32(timeoutMs);
    out.boolean(validateOnly);
  },
  read(from) {
    from.int32(); // throttle_time_ms
    return namedAnswers(from);
  },
};

export const deleteTopics: Request<Omit<Batch<string>, "validateOnly">, readonly NamedAnswer[]> = {
  key: 20,
  name: "DeleteTopics",
  versions: [1, 5],
  flexibleFrom: 4,
  since: "0.11",
  write(out, { items, timeoutMs }) {
    out.strings(items);
    out.int32(timeoutMs);
    out.end();
  },
  read(from, version) {
    from.int32(); // throttle_time_ms
    const answers = from.array(() => {
      const name = from.text();
      const code = from.int16();
      const message = version >= 5 ? from.string() : null;
      from.end();
      return { name, code, message };
    });
    from.end();
    return answers;
  },
};
