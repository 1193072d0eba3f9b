import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** The full path of a program on the PATH. */
export function findProgram(name: string, env: NodeJS.ProcessEnv = process.env): string | undefined {
  const folders = (env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  return folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
}

/** `JAVA_HOME` wins over the PATH, as in Kafka's own scripts. */
export function findJava(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const home = env.JAVA_HOME;
  const ofHome = home === undefined ? undefined : join(home, "bin", "java");
  return ofHome !== undefined && existsSync(ofHome) ? ofHome : findProgram("java", env);
}
