import { isScalar, parseDocument } from "yaml";
import type { Diagnostic } from "../../../src/core/errors.ts";
import type { Entry } from "../../../src/core/kind.ts";
import type { Create, Delete, Live, Position, Resource, Update, Value } from "../../../src/core/model.ts";
import { topicFromEntry } from "../../../src/providers/topics/decode.ts";
import { topicDiff } from "../../../src/providers/topics/diff.ts";
import type { TopicPolicy, TopicSpec } from "../../../src/providers/topics/spec.ts";

/** One entry of `topics`, from the YAML below its name; positions name the path in place of a file. */
function entry(key: string, yaml: string): Entry {
  const document = parseDocument(yaml);
  const value: { [key: string]: Value } = document.toJS() ?? {};
  return {
    key,
    value,
    position: at("name"),
    text: (path) => {
      const node = document.getIn(path.map(index), true);
      if (!isScalar(node)) return undefined;
      return node.value === null ? null : (node.source ?? String(node.value));
    },
    locate: (path, part = "value") => at(`${path.join("/")} ${part}`),
    locateIn: (path) => at(path.join("/")),
    read: () => undefined,
  };
}

/** A declared topic from YAML that has nothing wrong. */
export function declared(yaml: string, name = "purchases"): Resource<TopicSpec, TopicPolicy> {
  const [resource, wrong] = decoded(yaml, name);
  if (wrong.length > 0) throw new Error(wrong.join("\n"));
  return resource;
}

/** A decoded topic, and what was reported as `CODE place: message`. */
export function decoded(
  yaml: string,
  name = "purchases",
): readonly [resource: Resource<TopicSpec, TopicPolicy>, wrong: readonly string[]] {
  const wrong: string[] = [];
  const [resource] = topicFromEntry(entry(name, yaml), (it) => wrong.push(said(it)));
  if (resource === undefined) throw new Error("nothing decoded");
  return [resource, wrong];
}

export function said({ code, position, message }: Diagnostic): string {
  return `${code} ${position?.file}: ${message}`;
}

export function live(spec: Partial<TopicSpec>, name = "purchases"): Live<TopicSpec> {
  const full: TopicSpec = { partitions: 3, replicationFactor: 1, config: {}, ...spec };
  return { address: `topic/${name}`, spec: full, health: [] };
}

/** What the planner makes of a live topic and a declared one. */
export function updateOf(
  topic: Live<TopicSpec>,
  desired: Resource<TopicSpec, TopicPolicy>,
): Update<TopicSpec> {
  const { fields } = topicDiff(topic, desired);
  const { address, position } = desired;
  return { action: "update", address, position, live: topic, desired, fields, risks: [], after: [] };
}

export function update(actual: Partial<TopicSpec>, yaml: string): Update<TopicSpec> {
  return updateOf(live(actual), declared(yaml));
}

export function creation(yaml: string, name = "purchases"): Create<TopicSpec> {
  const desired = declared(yaml, name);
  const { address, position } = desired;
  return { action: "create", address, position, desired, vanished: false, risks: [], after: [] };
}

export function deletion(actual: Partial<TopicSpec>, name = "purchases"): Delete<TopicSpec> {
  const topic = live(actual, name);
  return { action: "delete", by: "prune", address: topic.address, live: topic, risks: [], after: [] };
}

function at(file: string): Position {
  return { file, line: 1, column: 1, length: 1 };
}

function index(key: string): string | number {
  return /^\d+$/.test(key) ? Number(key) : key;
}
