import type { Diagnostic } from "../../../src/core/errors.ts";
import { error, warning } from "../../../src/core/errors.ts";
import type { Position } from "../../../src/core/model.ts";
import { at, diagnosticOf } from "../../builders/plan.ts";

interface Case {
  readonly source: string;
  readonly diagnostics: readonly Diagnostic[];
}

const purchasesFile = [
  ...Array.from({ length: 16 }, (_, n) => `# ${n + 1}`),
  "topics:",
  "  purchases:",
  "    partitions: 2",
  "    config:",
  "      retention.mss: 7d",
].join("\n");
const longLine = `    topics: ${Array.from({ length: 60 }, (_, n) => `purchases.region-${n}`).join(",")}`;
const longMessage =
  "the value is not one that the broker takes: it wants one of compact, delete, or both of them with a comma between";

/** Lists of diagnostics over one file, by what they show. */
export const findings: Readonly<Record<string, Case>> = {
  refused: {
    source: purchasesFile,
    diagnostics: [
      diagnosticOf({ message: "did you mean retention.ms?", position: at(21, 7, 13) }),
      diagnosticOf({
        message: "the topic has 3, and Kafka can't remove partitions",
        next: "Declare 3, or declare a new topic and move the data.",
        position: at(19, 17),
      }),
    ],
  },
  "one-error": {
    source: "apiVersion: kpipe.dev/v2\n",
    diagnostics: [diagnosticOf({ message: "expected kpipe.dev/v1", position: at(1, 13, 12) })],
  },
  "one-warning": {
    source: "topics: {}\n",
    diagnostics: [warning("KP2003", "declares nothing", { position: at(1, 9, 2) })],
  },
  "errors-and-warnings": {
    source: "topics: {}\nclaim: {}\n",
    diagnostics: [
      warning("KP2003", "declares nothing", { position: at(1, 9, 2) }),
      error("KP1001", "an empty claim", { position: at(2, 8, 2) }),
      error("KP1002", "overlay.yaml does not exist"),
      error("KP1002", "is a directory", { position: at(1, 1, 1, "another.yaml") }),
    ],
  },
  tabs: {
    source: "topics:\n\tpurchases:\n\t\tpartitions:\t3\n",
    diagnostics: [
      error("KP1001", "tabs can't indent YAML", { position: at(2, 1, 1) }),
      error("KP1001", "under the 3", { position: at(3, 15, 1) }),
    ],
  },
  "wide-characters": {
    source: '説明: "購買トピック" # 👨‍👩‍👧\n家族👨‍👩‍👧: e\u0301x\n',
    diagnostics: [
      error("KP1001", "under 購買", { position: at(1, 6, 2) }),
      error("KP1001", "under the x", { position: afterText("家族👨‍👩‍👧: e\u0301", 2) }),
    ],
  },
  "long-lines": {
    source: `${longLine}\n${longLine}\n${"x".repeat(300)}`,
    diagnostics: [
      error("KP1001", "unknown topic", { position: at(2, longLine.indexOf("region-30") + 1, 9) }),
      error("KP1001", "at the end", { position: at(2, longLine.length + 1) }),
      error("KP1001", "near the beginning", { position: at(2, 5, 6) }),
      error("KP1001", "all of it", { position: at(3, 1, 300) }),
    ],
  },
  "long-messages": {
    source: `    cleanup.policy: compress\n${" ".repeat(60)}policy: compress\n`,
    diagnostics: [
      error("KP1001", longMessage, { position: at(1, 21, 8) }),
      error("KP1001", longMessage, { position: at(2, 69, 8) }),
      error("KP3001", `${longMessage} (from the server)`, { position: at(1, 1, 1) }),
    ],
  },
  "end-of-line": {
    source: "topics:\n  purchases:",
    diagnostics: [
      error("KP1001", "a value is missing here", { position: at(2, 13) }),
      error("KP1001", "beyond the line", { position: at(2, 90, 10) }),
      error("KP1001", "beyond the file", { position: at(7, 1) }),
    ],
  },
  "empty-file": {
    source: "",
    diagnostics: [error("KP1001", "the file is empty", { position: at(1, 1) })],
  },
  "hostile-file": {
    source: "name: \u001b[31mred\u001b[0m x\nnext: \u202eabc\r\nlast: 1\r\n",
    diagnostics: [
      error("KP1001", "says \u001b[2J", { position: at(1, 20, 1), next: "Remove \u0007 it." }),
      error("KP1001", "first line\n\u001b[1mat some.Frame\nat another.Frame", { position: at(3, 7, 1) }),
    ],
  },
};

function afterText(text: string, line: number): Position {
  return at(line, text.length + 1, 1);
}
