import { spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const binary = fileURLToPath(new URL("../../dist/bin.js", import.meta.url));

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder of a user, and the built binary run in it as a user would. */
export interface Project {
  readonly dir: string;
  write(file: string, text: string): Promise<void>;
  /**
   * Runs `kpipe ...args` without a terminal. `interruptOn`, `killOn`: sends SIGINT or SIGKILL when stdout or stderr
   * first has the text.
   */
  kpipe(
    args: string,
    over?: { environment?: Readonly<Record<string, string>>; interruptOn?: string; killOn?: string },
  ): Promise<Ran>;
  remove(): Promise<void>;
}

export async function project(files: Readonly<Record<string, string>> = {}): Promise<Project> {
  const dir = await mkdtemp(join(tmpdir(), "kpipe-test-"));
  const it: Project = {
    dir,
    async write(file, text) {
      await mkdir(dirname(join(dir, file)), { recursive: true });
      await writeFile(join(dir, file), text);
    },
    kpipe: (args, { environment = {}, interruptOn, killOn } = {}) => {
      const child = spawn(process.execPath, [binary, ...args.split(" ").filter((word) => word !== "")], {
        cwd: dir,
        env: { PATH: process.env.PATH ?? "", HOME: dir, ...environment },
        stdio: ["ignore", "pipe", "pipe"],
      });
      let stdout = "";
      let stderr = "";
      let interrupted = false;
      const heard = () => {
        const said = (text: string | undefined) => text !== undefined && (stdout + stderr).includes(text);
        if (said(killOn)) child.kill("SIGKILL");
        // Once: a second Ctrl-C ends kpipe at once, whatever it is doing.
        if (!interrupted && said(interruptOn)) interrupted = child.kill("SIGINT");
      };
      child.stdout.setEncoding("utf8").on("data", (text: string) => {
        stdout += text;
        heard();
      });
      child.stderr.setEncoding("utf8").on("data", (text: string) => {
        stderr += text;
        heard();
      });
      return new Promise((resolve, reject) => {
        child.on("error", reject);
        child.on("close", (status) => resolve({ status, stdout, stderr }));
      });
    },
    remove: () => rm(dir, { recursive: true, force: true }),
  };
  for (const [file, text] of Object.entries(files)) await it.write(file, text);
  return it;
}
