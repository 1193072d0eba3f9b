import type { KafkaFailure } from "../../clients/kafka.ts";
import { type Diagnostic, type ErrorCode, error, type KpipeError } from "../../core/errors.ts";
import type { Position } from "../../core/model.ts";
import { configFields, type TopicChange } from "./requests.ts";

/** What the broker wouldn't do, at the field that it speaks about. */
export function refusal(change: TopicChange, failure: KafkaFailure): Diagnostic {
  const { code, path, next } = judged(change, failure);
  return error(code, failure.message, { address: change.address, position: positionOf(change, path), next });
}

/** Why a request for a change got no answer; no cause: the answer left it out. */
export function unanswered(change: TopicChange, cause: KpipeError | undefined): Diagnostic {
  const [known] = cause?.diagnostics ?? [];
  if (known) return { ...known, address: change.address };
  const { address, position } = change;
  return error("KP4001", "the broker's answer leaves it out", { address, position });
}

/** Where a field of a change stands; the name where nothing more is known. */
export function positionOf(change: TopicChange, path: readonly string[]): Position | undefined {
  if (change.action === "delete") return change.position;
  return path.length === 0 ? change.desired.position : change.desired.locate(path);
}

/** Kafka refuses what is too much for one request with the code of a policy. */
export function isTooLarge({ code, message }: KafkaFailure): boolean {
  return code === 44 && /excessively large/i.test(message);
}

/** REQUEST_TIMED_OUT and NETWORK_EXCEPTION: the controller may have done it, or may do it yet. */
export function isNoAnswer({ code }: KafkaFailure): boolean {
  return code === 7 || code === 13;
}

interface Judgement {
  readonly code: ErrorCode;
  readonly path: readonly string[];
  readonly next?: string;
}

/** Error codes are those of Kafka's protocol. */
function judged(change: TopicChange, failure: KafkaFailure): Judgement {
  switch (failure.code) {
    case 3:
    case 36:
      return { code: "KP2014", path: [] };
    case 7:
    case 13:
      return { code: "KP3002", path: [] };
    case 17: {
      const collides = failure.message.includes("collides");
      return { code: collides ? "KP1108" : "KP1107", path: [] };
    }
    case 29:
    case 31:
      return { code: "KP3011", path: [] };
    case 37:
      // Planned as an increase, so that somebody else has made it meanwhile.
      return { code: /already has/.test(failure.message) ? "KP2014" : "KP2010", path: ["partitions"] };
    case 38:
      return { code: "KP2011", path: ["replicationFactor"] };
    case 44:
      return isTooLarge(failure)
        ? { code: "KP2010", path: ["partitions"], next: "Create it with fewer partitions, then add more." }
        : { code: "KP2013", path: fieldNamed(change, failure.message) };
    default:
      return { code: "KP2010", path: fieldNamed(change, failure.message) };
  }
}

/** The field of the change that a message names: the longest config key in it, or a word for the others. */
function fieldNamed(change: TopicChange, message: string): readonly string[] {
  const [key] = keysOf(change)
    .filter((it) => message.includes(it))
    .toSorted((a, b) => b.length - a.length);
  if (key !== undefined) return ["config", key];
  if (/replica/i.test(message)) return ["replicationFactor"];
  return /partition/i.test(message) ? ["partitions"] : [];
}

function keysOf(change: TopicChange): readonly string[] {
  switch (change.action) {
    case "create":
      return Object.keys(change.desired.spec.config);
    case "delete":
      return [];
    default:
      return configFields(change).map(({ key }) => key);
  }
}
