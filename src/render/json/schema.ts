import type { JsonSchema } from "../../core/kind.ts";
import {
  change,
  cluster,
  diagnostic,
  drift,
  guard,
  orphan,
  remark,
  sensitivity,
  unverifiable,
  version,
} from "./schema-parts.ts";
import { address, count, flag, fromOne, listOf, object, oneOf, seconds, text } from "./schema-words.ts";

const action = oneOf("create", "update", "replace", "delete", "operate");
const outcome = oneOf("done", "failed", "skipped");

const rehearsal = object(
  "An apply of the plan to a copy of the cluster; absent without `--rehearse`, and where nothing would be applied.",
  {
    clean: { ...flag, description: "Everything was done, and the plan after it is empty." },
    done: count,
    failed: count,
    skipped: count,
    changes: listOf(
      object(
        "How one change ended.",
        { address, action, outcome },
        { diagnostic, because: { ...address, description: "The change that it depends on." } },
      ),
      "In the order of the plan.",
    ),
    remaining: listOf(change, "What the plan after it would change."),
    diagnostics: listOf(diagnostic, "Of the plan after it."),
    notChecked: listOf(text, "What only real servers can tell, beside the plan's own."),
  },
);

const planMembers = object(
  "`kpipe plan --json`",
  {
    format_version: version,
    pipeline: text,
    cluster,
    applyable: { ...flag, description: "Whether an apply would change something." },
    errored: flag,
    resource_changes: listOf(change, "In the order in which they can be made, then what stays as it is."),
    resource_drift: listOf(drift, "What the cluster changed since the base; empty without a base."),
    orphans: listOf(orphan),
    unverifiable: listOf(unverifiable),
    remarks: listOf(remark),
    guards: listOf(guard),
    diagnostics: listOf(diagnostic),
    notChecked: listOf(text, "What the servers were not asked, or could not judge."),
    basis: {
      description: "Per address, the fingerprint of what the plan rests on.",
      type: "object",
      additionalProperties: text,
    },
  },
  { rehearsal },
);

const planSchema = document("plan.schema.json", "Plan of kpipe", { ...planMembers, $defs: { sensitivity } });

const driftSchema = document("drift.schema.json", "Drift of kpipe", {
  ...object("`kpipe drift --json`", {
    format_version: version,
    pipeline: text,
    drifted: flag,
    errored: flag,
    resource_drift: listOf(drift),
    unverifiable: listOf(unverifiable),
    diagnostics: listOf(diagnostic),
  }),
  $defs: { sensitivity },
});

const diagnosticsSchema = document(
  "diagnostics.schema.json",
  "Diagnostics of kpipe",
  object("What `--json` prints where a command ends in errors, and `kpipe validate --json`.", {
    format_version: version,
    errored: flag,
    errors: listOf(diagnostic),
    warnings: listOf(diagnostic),
  }),
);

const step = { address, action };
const end = { ...step, step: fromOne, seconds };

const applySchema = document("apply.schema.json", "Run of kpipe", {
  description: "One line of `kpipe apply --json`: the plan, then what happens, then the report.",
  oneOf: [
    object("First.", { type: { const: "planned" }, plan: { $ref: "plan.schema.json" } }),
    object("A change has begun.", { type: { const: "started" }, ...step }),
    object("What a change waits for.", { type: { const: "progress" }, ...step, message: text }),
    object("A change is made.", { type: { const: "done" }, ...end, message: text }),
    object("A change is not made.", { type: { const: "failed" }, ...end, diagnostic }),
    object("A change was not tried.", {
      type: { const: "skipped" },
      ...end,
      because: {
        description: "The change that it depends on; null where the run was interrupted.",
        type: ["string", "null"],
      },
    }),
    object("Last.", {
      type: { const: "report" },
      total: count,
      done: count,
      failed: count,
      skipped: count,
      interrupted: flag,
      seconds,
      changes: listOf(object("How one change ended.", { ...step, outcome })),
    }),
  ],
});

/** The published schemas of everything that `--json` prints, by file name. */
export const documentSchemas: Readonly<Record<string, JsonSchema>> = {
  "plan.schema.json": planSchema,
  "drift.schema.json": driftSchema,
  "diagnostics.schema.json": diagnosticsSchema,
  "apply.schema.json": applySchema,
};

function document(file: string, title: string, body: JsonSchema): JsonSchema {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: `https://kpipe.dev/schema/${file}`,
    title,
    ...body,
  };
}
