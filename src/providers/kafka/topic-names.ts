const MAX_LENGTH = 249;

/** Names that belong to brokers, Connect workers and Streams applications. */
export const hiddenTopics = [
  "_*",
  "*-changelog",
  "*-repartition",
  "connect-configs*",
  "connect-offsets*",
  "connect-status*",
];

/** Why Kafka takes no topic of this name; undefined if it does. */
export function whyNoTopicName(name: string): string | undefined {
  if (name === "") return "a topic needs a name";
  if (name === "." || name === "..") return `no topic can be called ${name}`;
  if (name.length > MAX_LENGTH) return `is ${name.length} characters long, and Kafka takes ${MAX_LENGTH}`;
  const bad = [...new Set([...name].filter((it) => !/[\w.-]/.test(it)))];
  if (bad.length === 0) return undefined;
  const shown = bad.map((it) => (it === " " ? "a blank" : it)).join(" and ");
  return `${shown} can't be in a topic's name: letters, digits, . _ and - can`;
}

/** Names that become the same where Kafka turns `.` into `_`, as its metrics do; it refuses the second. */
export function collisionKey(name: string): string {
  return name.replaceAll(".", "_");
}
