import type { Action, Address } from "../../core/model.ts";
import { type Ended, isClean, type Rehearsal } from "../../core/run.ts";
import { type Counts, countsOf } from "../report.ts";
import { type ChangeDocument, changeDocument } from "./change.ts";
import { type DiagnosticDocument, diagnosticDocument, diagnosticDocuments } from "./diagnostics.ts";

/** `rehearsal` of `plan --rehearse --json`: an apply of the plan to a copy. Nothing in it tells the time. */
export interface RehearsalDocument extends Counts {
  /** Everything was done, and the plan after it is empty. */
  readonly clean: boolean;
  readonly changes: readonly EndDocument[];
  /** What the plan after it would change. */
  readonly remaining: readonly ChangeDocument[];
  /** What the plan after it would be refused for, and what it would warn of. */
  readonly diagnostics: readonly DiagnosticDocument[];
  readonly notChecked: readonly string[];
}

interface EndDocument {
  readonly address: Address;
  readonly action: Action;
  readonly outcome: Ended["type"];
  /** Why it failed. */
  readonly diagnostic?: DiagnosticDocument;
  /** The change that it depends on, for which it was skipped. */
  readonly because?: Address;
}

export function rehearsalDocument(rehearsal: Rehearsal): RehearsalDocument {
  const { ended, next, notChecked } = rehearsal;
  return {
    clean: isClean(rehearsal),
    ...countsOf(ended, ended.length),
    changes: ended.map(endDocument),
    remaining: next.changes.map(changeDocument),
    diagnostics: diagnosticDocuments(next.diagnostics),
    notChecked,
  };
}

function endDocument(ended: Ended): EndDocument {
  const { action, address } = ended.change;
  const end = { action, address, outcome: ended.type };
  switch (ended.type) {
    case "done":
      return end;
    case "failed":
      return { ...end, diagnostic: diagnosticDocument(ended.diagnostic) };
    case "skipped":
      return ended.because === undefined ? end : { ...end, because: ended.because };
  }
}
