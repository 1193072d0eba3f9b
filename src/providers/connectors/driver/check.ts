import pLimit from "p-limit";
import type { WrittenConfig } from "../../../clients/connect.ts";
import type { KafkaPort } from "../../../clients/kafka.ts";
import { type Diagnostic, error, warning } from "../../../core/errors.ts";
import type { Verdict } from "../../../core/kind.ts";
import {
  type Address,
  addressOf,
  type Change,
  nameOf,
  type Resource,
  type World,
} from "../../../core/model.ts";
import { Secret } from "../../../core/secret.ts";
import { familiesOf } from "../jdbc/families.ts";
import { findings } from "../jdbc/findings.ts";
import { type ConnectorSpec, isJdbcType } from "../spec.ts";
import { isSink, topicsOf } from "../topics.ts";
import { answersTo, type Facts, type Ports } from "./facts.ts";

/** Requests under way at once on one Connect cluster; each may open a database. */
export const PARALLEL = 4;

type Declared = Resource<ConnectorSpec>;

/** What workers would refuse of the configs that change, and what they would take and should not. */
export async function checkConnectors(
  ports: Ports,
  kafka: KafkaPort,
  facts: Facts,
  changes: readonly Change<ConnectorSpec>[],
  world: World,
): Promise<Verdict> {
  const limit = pLimit(PARALLEL);
  const changed = changesOfConfig(changes);
  const verdicts = await Promise.all(
    changed.map(({ resource, hasNewClass }) =>
      limit(async (): Promise<Verdict> => {
        const found = [...familyFindings(resource), ...(await twins(resource, ports))];
        const { diagnostics, notChecked } = await validate(resource, hasNewClass, ports, facts);
        return { diagnostics: [...found, ...diagnostics], notChecked };
      }),
    ),
  );
  return {
    diagnostics: [
      ...verdicts.flatMap(({ diagnostics }) => diagnostics),
      ...(await missingTopics(
        changed.map(({ resource }) => resource),
        kafka,
        world,
      )),
    ],
    notChecked: verdicts.flatMap(({ notChecked }) => notChecked),
  };
}

interface ConfigChange {
  readonly resource: Declared;
  /** Whether `settle` has looked for its plugin. */
  readonly hasNewClass: boolean;
}

function changesOfConfig(changes: readonly Change<ConnectorSpec>[]): readonly ConfigChange[] {
  return changes.flatMap((change): readonly ConfigChange[] => {
    if (change.action === "create") return [{ resource: change.desired, hasNewClass: true }];
    if (change.action === "delete") return [];
    const fields = new Set(change.fields.map(({ path: [field] }) => field));
    const hasNewClass = fields.has("class");
    return hasNewClass || fields.has("config") ? [{ resource: change.desired, hasNewClass }] : [];
  });
}

/** The config as it is sent, with the keys that belong to every connector. */
export function writtenConfig(address: Address, spec: ConnectorSpec): WrittenConfig {
  return new Map([
    ["name", nameOf(address)],
    ["connector.class", spec.class],
    ...Object.entries(spec.config).flatMap(([key, value]): [string, string | Secret][] =>
      value === null ? [] : [[key, value]],
    ),
  ]);
}

async function validate(
  resource: Declared,
  hasNewClass: boolean,
  ports: Ports,
  facts: Facts,
): Promise<Verdict> {
  const { address, spec, locate } = resource;
  const port = ports.get(spec.connect);
  // Without a class or a cluster there is nobody to ask; that is reported already.
  if (port === undefined || isJdbcType(spec.class)) return { diagnostics: [], notChecked: [] };
  const unset = Object.values(spec.config).flatMap((it) =>
    it instanceof Secret && !it.resolved ? it.variables : [],
  );
  if (unset.length > 0) {
    return {
      diagnostics: [],
      notChecked: [`${address}: its config, because ${unset.join(", ")} is not set`],
    };
  }
  const { errors, refusal } = await port.validate(writtenConfig(address, spec));
  if (refusal !== undefined) {
    const plugins = await facts.plugins(spec.connect);
    const isInstalled = plugins.some((plugin) => answersTo(plugin, spec.class));
    if (hasNewClass && !isInstalled) return { diagnostics: [], notChecked: [] };
    const next = isInstalled ? undefined : `Installed are ${plugins.map((it) => it.class).join(", ")}.`;
    const details = { address, position: locate(["class"]), next };
    return { diagnostics: [error("KP2053", said(refusal), details)], notChecked: [] };
  }
  const seen = new Set<string>();
  const diagnostics = errors.flatMap(({ key, messages }) =>
    telling(messages).flatMap((message): readonly Diagnostic[] => {
      // One fault, such as a database that can't be reached, is told for every key that depends on it.
      if (seen.has(message)) return [];
      seen.add(message);
      const about = /open connection/.test(message) ? "connection.url" : key;
      return [error("KP2053", said(message), { address, position: locate(["config", about]) })];
    }),
  );
  return { diagnostics, notChecked: [] };
}

/** A value that couldn't be parsed, or isn't there, is told a second time as null. */
function telling(messages: readonly string[]): readonly string[] {
  const others = messages.filter((it) => !it.startsWith("Invalid value null "));
  return others.length === 0 ? messages : others;
}

/** Beside a caret a sentence starts small and has no full stop. */
function said(message: string): string {
  const bare = message.replace(/\.$/, "");
  return /^[A-Z][a-z]/.test(bare) ? bare.charAt(0).toLowerCase() + bare.slice(1) : bare;
}

/** What the one plugin objects to and the others that fit the type would not. */
function familyFindings({ address, spec, policy, locate }: Declared): readonly Diagnostic[] {
  if (!isJdbcType(policy.type)) return [];
  const offline = findings(spec.config, familiesOf(policy.type));
  return findings(spec.config, familiesOf(spec.class))
    .filter((it) => !offline.some(({ code, key }) => code === it.code && key === it.key))
    .map(({ severity, code, key, message, next }) =>
      (severity === "error" ? error : warning)(code, message, {
        address,
        position: locate(["config", key]),
        next,
      }),
    );
}

/** A connector of one name on two Connect clusters does its work twice. */
async function twins({ address, spec, position }: Declared, ports: Ports): Promise<readonly Diagnostic[]> {
  if (ports.size < 2) return [];
  const others = [...ports].filter(([connect]) => connect !== spec.connect);
  const found = await Promise.all(
    others.map(async ([connect, port]) => ((await port.connector(nameOf(address))) ? [connect] : [])),
  );
  return found
    .flat()
    .map((connect) =>
      warning("KP2058", `Connect cluster ${connect} has a connector of this name too`, { address, position }),
    );
}

/** A source whose topic can't be written stays RUNNING and says nothing. */
async function missingTopics(
  resources: readonly Declared[],
  kafka: KafkaPort,
  { desired, actual }: World,
): Promise<readonly Diagnostic[]> {
  const suspects = resources.flatMap((resource) => {
    const { config } = resource.spec;
    const creates = Object.keys(config).some((key) => key.startsWith("topic.creation."));
    const written = isSink(resource.spec) || creates ? [] : topicsOf(resource.spec, () => []).writes;
    const missing = written.filter((topic) => {
      const address = addressOf("topic", topic);
      return !desired.has(address) && !actual.has(address);
    });
    return missing.length === 0 ? [] : [{ resource, missing }];
  });
  if (suspects.length === 0) return [];
  const [topics, { automatic: brokersCreate }] = await Promise.all([kafka.topics(), kafka.topicCreation()]);
  if (brokersCreate === true) return [];
  const existing = new Set(topics.map(({ name }) => name));
  return suspects.flatMap(({ resource: { address, locate }, missing }) => {
    const names = missing.filter((topic) => !existing.has(topic));
    if (names.length === 0) return [];
    const which = names.length === 1 ? `topic ${names[0]} is` : `topics ${names.join(", ")} are`;
    const details = { address, position: locate(["config", "topic.prefix"]) };
    // Without the right to read the brokers' config it can only be feared.
    return brokersCreate === false
      ? [error("KP2054", `${which} not there and nobody creates it: it would run and write nothing`, details)]
      : [
          warning(
            "KP2054",
            `${which} not there: if the brokers don't create it, it runs and writes nothing`,
            details,
          ),
        ];
  });
}
