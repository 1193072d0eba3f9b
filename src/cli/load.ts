import { type Diagnostic, KpipeError } from "../core/errors.ts";
import type { Pipeline } from "../core/pipeline.ts";
import { diskFiles } from "../schema/files.ts";
import { load } from "../schema/index.ts";
import { kinds } from "./cluster.ts";
import type { FileOptions } from "./options.ts";
import type { Session } from "./session.ts";

const DEFAULT_FILE = "pipeline.yaml";
/** One list for the whole process: what is compiled from it is kept by it. */
const everyKind = [...kinds.values()];

export interface Loaded {
  readonly pipeline: Pipeline;
  /** Warnings: an error ends the command. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads the files that the options name; throws a KpipeError with everything that is wrong with them.
 * `offline`: an unset environment variable is not an error, because nothing is sent anywhere.
 */
export function loadPipeline(
  session: Session,
  options: FileOptions & { readonly cluster?: string },
  mode: "live" | "offline",
): Loaded {
  const { pipeline, diagnostics, sources } = load({
    paths: options.file.length > 0 ? options.file : [DEFAULT_FILE],
    ...(options.env !== undefined && { env: options.env }),
    ...(options.envFile !== undefined && { envFile: options.envFile }),
    vars: options.var,
    environment: session.terminal.environment,
    mode: options.cluster === undefined ? mode : "offline",
    files: diskFiles,
    kinds: everyKind,
  });
  session.sources = sources;
  if (pipeline === undefined || diagnostics.some(({ severity }) => severity === "error")) {
    throw new KpipeError(diagnostics);
  }
  return { pipeline, diagnostics };
}
