import { type Change, kindOf, nameOf, type Resource, type Risk } from "../../core/model.ts";
import { parseStatement } from "../../ksql/syntax/index.ts";
import { startOf } from "./manner.ts";
import type { KsqlSpec } from "./spec.ts";

/** What a change of a ksqlDB object costs beside the change. */
export function ksqlRisks(change: Change<KsqlSpec>): readonly Risk[] {
  switch (change.action) {
    case "create":
    case "operate":
      return [];
    case "update": {
      const { spec } = change.desired;
      const isRewritten = change.fields.some(
        ({ path: [field] }) => field === "statement" || field === "columns",
      );
      if (!isRewritten || !hasQuery(spec)) return [];
      const message = `applies to new records only; what is in ${target(spec)} stays`;
      return [{ code: "new-records-only", message }];
    }
    case "replace":
      return hasQuery(change.desired.spec) ? [newStart(change.desired)] : [];
    case "delete":
      return [{ code: "definition-lost", message: whatEnds(change.address, change.live.spec) }];
  }
}

function newStart(desired: Resource<KsqlSpec>): Risk {
  const into = target(desired.spec);
  switch (startOf(desired)) {
    case "earliest":
      return {
        code: "reads-again",
        message: `reads everything again: what is in ${into} already is written a second time`,
      };
    case "latest":
      return {
        code: "leaves-out",
        message: `records that arrive before the new query runs are left out of ${into}`,
      };
    default:
      return {
        code: "start-unknown",
        message: `the server's auto.offset.reset decides where the new query starts; latest, its default, leaves records out of ${into}`,
      };
  }
}

function whatEnds(address: Change["address"], { topic, query }: KsqlSpec): string {
  switch (kindOf(address)) {
    case "type":
      return "statements that name it are refused from then on; what was made with it stays";
    case "query":
      return `query ${query ?? nameOf(address)} ends, and writes no more records`;
    default:
      if (topic === null) return "its definition goes";
      return query === null
        ? `only its definition goes; topic/${topic} is not dropped with it`
        : `query ${query} ends; topic/${topic} is not dropped with it, and gets no more records of it`;
  }
}

/** Where a query writes, in words. */
function target({ topic }: KsqlSpec): string {
  return topic === null ? "the stream that it writes" : `topic/${topic}`;
}

function hasQuery({ statement }: KsqlSpec): boolean {
  return "query" in parseStatement(statement);
}
