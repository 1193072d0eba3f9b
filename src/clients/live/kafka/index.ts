import type { KafkaConnection } from "../../../core/connections.ts";
import type { KafkaPort } from "../../kafka.ts";
import { tlsOptions } from "../tls.ts";
import { topicCreation } from "./broker-config.ts";
import { changeConfigs, configOf, groupOverridesOf, overridesOf } from "./configs.ts";
import { explain } from "./diagnosis.ts";
import { allGroups, commit, committedOffsets, describeGroups, removeGroups } from "./groups.ts";
import { offsetsAt, offsetsOf } from "./offsets.ts";
import { reassign, reassigning, sizesOf } from "./replicas.ts";
import { saslOf } from "./sasl.ts";
import { openSession, type SentRequest, type Session, type SessionSettings } from "./session.ts";
import { brokersOf } from "./settings.ts";
import { allTopics, morePartitions, newTopics, removeTopics } from "./topics.ts";

export type { SentRequest } from "./session.ts";

export interface KafkaOptions {
  /** How long a step may take in which no server answers; the operation ends with an error then. */
  readonly timeoutMs: number;
  readonly clientId: string;
  /** Called for every request but the handshakes. */
  readonly onRequest?: (request: SentRequest) => void;
}

/** The live cluster. Connects when the first operation needs it; every failure to reach it is a KpipeError. */
export function connectKafka(connection: KafkaConnection, options: KafkaOptions): KafkaPort {
  let session: Session | undefined;
  const run = async <T>(work: (session: Session) => Promise<T>): Promise<T> => {
    session ??= openSession(settingsOf(connection, options));
    try {
      return await work(session);
    } catch (error) {
      throw explain(error, session.facts);
    }
  };
  return {
    cluster: () =>
      run(async (session) => {
        const deadline = session.deadline();
        const { clusterId, brokers } = await session.persist(deadline, () => session.refresh(deadline));
        return { clusterId: clusterId ?? "", brokers };
      }),
    topics: () => run(allTopics),
    topicOverrides: (topics) => run((session) => overridesOf(session, "topic", topics)),
    topicConfig: (topic) => run((session) => configOf(session, topic)),
    topicCreation: () => run(topicCreation),
    createTopics: (topics, mode) => run((session) => newTopics(session, topics, mode)),
    createPartitions: (topics, mode) => run((session) => morePartitions(session, topics, mode)),
    alterTopicConfigs: (changes, mode) => run((session) => changeConfigs(session, "topic", changes, mode)),
    deleteTopics: (topics) => run((session) => removeTopics(session, topics)),
    reassign: (moves) => run((session) => reassign(session, moves)),
    reassigning: (topics) => run((session) => reassigning(session, topics)),
    sizes: (topics) => run((session) => sizesOf(session, topics)),
    offsets: (topics) => run((session) => offsetsOf(session, topics)),
    offsetsAt: (topics, timestamp) => run((session) => offsetsAt(session, topics, timestamp)),
    groups: () => run(allGroups),
    describeGroups: (groups) => run((session) => describeGroups(session, groups)),
    committed: (groups) => run((session) => committedOffsets(session, groups)),
    commit: (group, offsets) => run((session) => commit(session, group, offsets)),
    deleteGroups: (groups) => run((session) => removeGroups(session, groups)),
    groupOverrides: (groups) => run((session) => groupOverridesOf(session, groups)),
    alterGroupConfigs: (changes, mode) => run((session) => changeConfigs(session, "group", changes, mode)),
    close: async () => session?.close(),
  };
}

function settingsOf(connection: KafkaConnection, options: KafkaOptions): SessionSettings {
  const { endpoints, labels } = brokersOf(connection);
  return {
    bootstrap: endpoints,
    clusterId: connection.clusterId,
    clientId: options.clientId,
    timeoutMs: options.timeoutMs,
    tls: connection.ssl && tlsOptions(connection.ssl, connection.position),
    sasl: connection.sasl && saslOf(connection.sasl, connection.position, options.timeoutMs),
    onRequest: options.onRequest,
    facts: {
      position: connection.position,
      timeoutMs: options.timeoutMs,
      encrypted: connection.ssl !== undefined,
      authenticated: connection.sasl !== undefined,
      labels,
    },
  };
}
