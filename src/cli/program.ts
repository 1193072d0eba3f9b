import { Command, CommanderError, type Option } from "commander";
import { type ExitCode, exitCodes } from "./exit-codes.ts";
import { clusterOptions, fileOptions, type OutputOptions, outputOptions, waitOptions } from "./options.ts";
import { reportFailure, type Session, sessionOf } from "./session.ts";
import type { Terminal } from "./terminal.ts";

/** Runs one command line to its end and tells the exit status; every failure is reported, none is thrown. */
export async function run(args: readonly string[], terminal: Terminal, version: string): Promise<ExitCode> {
  let status: ExitCode = exitCodes.success;
  /**
   * Ties a command to its function, loaded when it is run: asking for the version must not wait for kafkajs.
   * The options that the command declares are the ones that the function takes.
   */
  const runs =
    <O extends OutputOptions>(
      load: () => Promise<(session: Session, options: O) => Promise<ExitCode>>,
      outcome = "Nothing was changed.",
    ) =>
    async (options: O): Promise<void> => {
      const session = sessionOf(terminal, options, outcome);
      try {
        const command = await load();
        status = await command(session, options);
      } catch (cause) {
        status = reportFailure(session, cause);
      }
    };

  const program = new Command("kpipe")
    .description("Pipeline-as-code for Kafka: plan and apply what one YAML file declares.")
    .version(version, "--version", "print the version")
    .helpCommand(false)
    .showHelpAfterError("(add --help for the options and an example)")
    .configureOutput({
      writeOut: terminal.stdout,
      writeErr: terminal.stderr,
      getOutHelpWidth: () => terminal.width,
    })
    .exitOverride();

  const command = (
    name: string,
    description: string,
    options: readonly (readonly Option[])[],
    example: string,
  ) => {
    const it = program.command(name).description(description).exitOverride();
    it.copyInheritedSettings(program);
    for (const option of options.flat()) it.addOption(option);
    return it.addHelpText("after", `\nExample:\n${example}`);
  };

  command(
    "init",
    "Write a pipeline.yaml to start from.",
    [outputOptions],
    "  $ kpipe init && kpipe validate",
  ).action(runs(async () => (await import("./commands/init.ts")).init, ""));
  command(
    "validate",
    "Check the file without a cluster.",
    [fileOptions, outputOptions],
    "  $ kpipe validate -f pipeline.yaml --env prod",
  ).action(runs(async () => (await import("./commands/validate.ts")).validate, ""));
  command(
    "plan",
    "Show what apply would change, and change nothing.",
    [fileOptions, clusterOptions, outputOptions],
    "  $ kpipe plan --detailed-exitcode     # 0 no changes, 1 error, 2 changes, 3 held back by a guard\n  $ kpipe plan --rehearse              # and what an apply would come to, tried on a copy",
  )
    .option("--prune", "plan the deletion of orphans, within the guards", false)
    .option("--detailed-exitcode", "exit with 2 if there are changes", false)
    .option("--rehearse", "apply to a copy in memory, and tell what would fail or be left to do", false)
    .action(runs(async () => (await import("./commands/plan.ts")).plan));
  command(
    "apply",
    "Plan, ask, and make the changes.",
    [fileOptions, clusterOptions, outputOptions],
    "  $ kpipe apply --auto-approve         # in CI, where nobody can be asked",
  )
    .option("--prune", "delete orphans, within the guards", false)
    .option("--auto-approve", "don't ask", false)
    .action(runs(async () => (await import("./commands/apply.ts")).apply));
  command(
    "drift",
    "Show where the cluster has left the file; exit with 2 if it has.",
    [fileOptions, clusterOptions, outputOptions],
    "  $ kpipe drift --json > drift.json    # in a cron job",
  ).action(runs(async () => (await import("./commands/drift.ts")).drift));
  command(
    "record",
    "Record the cluster, to plan on it where there are no credentials.",
    [fileOptions, waitOptions, outputOptions],
    "  $ kpipe record -o prod.json          # in a trusted job\n  $ kpipe plan --cluster prod.json     # in a pull request",
  )
    .requiredOption("-o, --output <file>", "where to write the recording; it holds no secret")
    .action(runs(async () => (await import("./commands/record.ts")).record));

  try {
    await program.parseAsync(args, { from: "user" });
  } catch (cause) {
    if (!(cause instanceof CommanderError)) throw cause;
    // Commander has printed already; asking for help or the version is no mistake.
    return cause.exitCode === 0 ? exitCodes.success : exitCodes.usage;
  }
  return status;
}
