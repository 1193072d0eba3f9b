import { recordWithin, withClients } from "../cluster.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { loadPipeline } from "../load.ts";
import type { FileOptions, OutputOptions } from "../options.ts";
import { scopeOf } from "../prepare.ts";
import type { Session } from "../session.ts";

export interface RecordCommand extends FileOptions, OutputOptions {
  readonly output: string;
  readonly timeout: number;
  readonly wait: number;
}

/** Reads the cluster into a file from which plans can be made without credentials. */
export async function record(session: Session, options: RecordCommand): Promise<ExitCode> {
  const { terminal, status } = session;
  const { pipeline } = loadPipeline(session, options, "live");
  const { writeRecording } = await import("../../clients/recorded/write.ts");
  status.show("Reading the cluster");
  const recording = await withClients(pipeline, options, (clients) =>
    recordWithin(clients, scopeOf(pipeline)),
  );
  await writeRecording(options.output, recording);
  status.clear();
  terminal.stderr(`Wrote ${options.output}. Plan on it with \`kpipe plan --cluster ${options.output}\`.\n`);
  return exitCodes.success;
}
