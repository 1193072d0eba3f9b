import { Command } from "commander";
import { down } from "./commands/down.ts";
import { logs } from "./commands/logs.ts";
import { status } from "./commands/status.ts";
import { up } from "./commands/up.ts";
import { serviceNames, usualNames } from "./services.ts";
import { settingsFrom, type UpOptions } from "./settings.ts";
import { StackError } from "./stack-error.ts";

const print = (line: string) => process.stdout.write(`${line}\n`);
const names = serviceNames.join(", ");

const program = new Command("stack").description(
  "Real servers for development, without Docker, on 127.0.0.1.",
);
program
  .command("up [names...]")
  .description(
    `start servers and wait until they answer: any of ${names}; ${usualNames.join(", ")} when none is named`,
  )
  .option("--kafka <version>", "broker version: 4.3.1 or 3.9.2", "4.3.1")
  .option("--brokers <number>", "1 or 3", "1")
  .option("--port-base <port>", "use ports from here on instead of the usual ones (KPIPE_STACK_PORT_BASE)")
  .option(
    "--plugins <dirs...>",
    "folders of further connector plugins, one folder a plugin, for the Connect worker",
  )
  .action((services: string[], options: UpOptions) => up(services, settingsFrom(options), print));
program
  .command("down [names...]")
  .description(`stop servers: any of ${names}; all when none is named`)
  .option("--wipe", "remove their data too", false)
  .action((services: string[], { wipe }: { wipe: boolean }) => down(services, wipe, print));
program
  .command("status")
  .description("list servers")
  .action(() => status(print));
program
  .command("logs <name>")
  .description("print the log of one server")
  .option("--follow", "go on until the server ends", false)
  .action((name: string, { follow }: { follow: boolean }) =>
    logs(name, follow, (chunk) => process.stdout.write(chunk)),
  );

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof StackError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
