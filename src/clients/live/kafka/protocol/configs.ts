import type { ConfigChange, ConfigEntry, ConfigOverrides, ConfigType } from "../../../kafka.ts";
import type { NamedAnswer, Request } from "./request.ts";
import type { Reader, Writer } from "./wire.ts";

/** ConfigResource.Type: what a config can be set on. */
const resourceTypes = { topic: 2, broker: 4, group: 32 } as const;
export type ConfigOwner = keyof typeof resourceTypes;

/** ConfigSource of a value that is set on the topic or group itself. */
const ownSources: readonly number[] = [1, 8];

export interface Owners {
  readonly type: ConfigOwner;
  readonly names: readonly string[];
}

export interface Described<T> extends NamedAnswer {
  readonly configs: T;
}

/** The values set on topics or groups themselves. */
export const describeOverrides: Request<Owners, readonly Described<ConfigOverrides>[]> = {
  key: 32,
  name: "DescribeConfigs",
  versions: [1, 1],
  flexibleFrom: 4,
  since: "1.1",
  write: writeOwners,
  read: (from) =>
    readOwners(from, () => {
      const overrides = new Map<string, string | null>();
      from.array(() => {
        // Of some 33 entries a topic hardly one is set on it; only those are worth decoding.
        const key = from.mark();
        from.skipString();
        const value = from.mark();
        from.skipString();
        from.boolean(); // read_only
        const source = from.int8();
        from.boolean(); // is_sensitive
        skipSynonyms(from);
        if (ownSources.includes(source)) overrides.set(from.textAt(key) ?? "", from.textAt(value));
      });
      return overrides;
    }),
};

/** Every config, defaults too. Version 3 is the first that tells types. */
export const describeConfigs: Request<Owners, readonly Described<readonly ConfigEntry[]>[]> = {
  key: 32,
  name: "DescribeConfigs",
  versions: [3, 3],
  flexibleFrom: 4,
  since: "2.6",
  write(out, owners) {
    writeOwners(out, owners);
    out.boolean(false); // include_documentation
  },
  read: (from) =>
    readOwners(from, () =>
      from.array(() => {
        const key = from.text();
        const value = from.string();
        const readOnly = from.boolean();
        const source = sourceOf(from.int8());
        const sensitive = from.boolean();
        skipSynonyms(from);
        const type = configTypes[from.int8()] ?? "unknown";
        from.skipString(); // documentation
        return { key, value, type, source, sensitive, readOnly };
      }),
    ),
};

function writeOwners(out: Writer, { type, names }: Owners): void {
  out.array(names, (name) => {
    out.int8(resourceTypes[type]);
    out.string(name);
    out.strings(null); // every key
  });
  out.boolean(false); // include_synonyms
}

function readOwners<T>(from: Reader, configs: () => T): Described<T>[] {
  from.int32(); // throttle_time_ms
  return from.array(() => {
    const code = from.int16();
    const message = from.string();
    from.int8(); // resource_type
    return { code, message, name: from.text(), configs: configs() };
  });
}

function skipSynonyms(from: Reader): void {
  from.array(() => {
    from.skipString();
    from.skipString();
    from.int8();
  });
}

/** By the numbers of DescribeConfigsResponse.ConfigType. */
const configTypes: readonly ConfigType[] = [
  "unknown",
  "boolean",
  "string",
  "int",
  "short",
  "long",
  "double",
  "list",
  "class",
  "password",
];

/** By the numbers of DescribeConfigsResponse.ConfigSource. */
function sourceOf(source: number): ConfigEntry["source"] {
  if (ownSources.includes(source)) return "topic";
  if (source === 5) return "default";
  return source >= 2 && source <= 4 ? "broker" : "unknown";
}

const set = 0;
const reset = 1;

interface Alterations {
  readonly type: ConfigOwner;
  readonly items: readonly ConfigChange[];
  readonly validateOnly: boolean;
}

/** IncrementalAlterConfigs (KIP-339): touches the named keys only. */
export const alterConfigs: Request<Alterations, readonly NamedAnswer[]> = {
  key: 44,
  name: "IncrementalAlterConfigs",
  versions: [0, 0],
  flexibleFrom: 1,
  since: "2.3",
  write(out, { type, items, validateOnly }) {
    out.array(items, (change) => {
      out.int8(resourceTypes[type]);
      out.string(change.name);
      const operations = [
        ...[...change.set].map(([key, value]) => ({ key, operation: set, value })),
        ...change.reset.map((key) => ({ key, operation: reset, value: null })),
      ];
      out.array(operations, ({ key, operation, value }) => {
        out.string(key);
        out.int8(operation);
        out.string(value);
      });
    });
    out.boolean(validateOnly);
  },
  read(from) {
    from.int32(); // throttle_time_ms
    return from.array(() => {
      const code = from.int16();
      const message = from.string();
      from.int8(); // resource_type
      return { code, message, name: from.text() };
    });
  },
};
