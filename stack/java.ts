import { join } from "node:path";
import { configDir } from "./paths.ts";
import type { Command } from "./process.ts";
import { StackError } from "./stack-error.ts";
import { findJava } from "./toolchain.ts";

const small = ["-Xms128m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"];

/** A Java main class with every jar of a folder, in a JVM that stays small. */
export function javaCommand(jars: string, mainClass: string, args: readonly string[]): Command {
  const java = findJava();
  if (java === undefined) {
    throw new StackError(
      "The servers need Java 17 or later, and there is no java. Install it, or set JAVA_HOME.",
    );
  }
  // Kafka 3 logs through reload4j, Kafka 4 through Log4j 2. Each ignores the other's property.
  const logging = [
    `-Dlog4j2.configurationFile=${join(configDir, "log4j2.xml")}`,
    `-Dlog4j.configuration=file:${join(configDir, "log4j.properties")}`,
  ];
  return {
    file: java,
    args: [...small, ...logging, "-cp", join(jars, "*"), mainClass, ...args],
    env: { MALLOC_ARENA_MAX: "2" },
  };
}
