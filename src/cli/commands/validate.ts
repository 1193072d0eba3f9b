import { groupBy } from "../../core/group-by.ts";
import { type Address, kindOf } from "../../core/model.ts";
import { renderDiagnostics } from "../../render/diagnostics.ts";
import { diagnosticsJson } from "../../render/json/diagnostics.ts";
import { kinds } from "../cluster.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { loadPipeline } from "../load.ts";
import type { FileOptions, OutputOptions } from "../options.ts";
import type { Session } from "../session.ts";

/** Everything that can be known without a cluster. Errors end it as a KpipeError; warnings are printed. */
export async function validate(session: Session, options: FileOptions & OutputOptions): Promise<ExitCode> {
  const { terminal, style } = session;
  const { pipeline, diagnostics } = loadPipeline(session, options, "offline");
  if (session.json) {
    terminal.stdout(diagnosticsJson(diagnostics));
    return exitCodes.success;
  }
  terminal.stderr(renderDiagnostics(diagnostics, session.sources, style));
  const pluralOf = (address: Address) => kinds.get(kindOf(address))?.plural ?? kindOf(address);
  const counts = [...groupBy(pipeline.desired.keys(), pluralOf)].map(([plural, [only, ...others]]) =>
    only !== undefined && others.length === 0 ? `1 ${kindOf(only)}` : `${others.length + 1} ${plural}`,
  );
  terminal.stdout(`${pipeline.name} is valid: ${counts.join(", ") || "nothing declared"}.\n`);
  return exitCodes.success;
}
