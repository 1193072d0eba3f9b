const LINES = 3;
const LINE_LENGTH = 300;

/** What wraps every failure of a task and says nothing about it. */
const wrappers = [
  "Exiting WorkerSinkTask due to unrecoverable exception.",
  "Tolerance exceeded in error handler",
  "An exception occurred in the change event producer. This connector will be stopped.",
];

/**
 * The lines of a Java stack trace that tell the cause: one an exception, the frames left out, and those too
 * that only wrap the next.
 */
export function traceLines(trace: string): readonly string[] {
  const exceptions = trace
    .split("\n")
    .filter((line) => line.trim() !== "" && !/^\s*(at |\.\.\. \d+ (more|common))/.test(line))
    .map((line) => line.replace(/^Caused by: /, "").trim());
  const telling = exceptions.filter((line, at) => {
    const next = exceptions[at + 1];
    return next === undefined || !(wrappers.some((it) => line.endsWith(it)) || line.endsWith(next));
  });
  return telling
    .slice(0, LINES)
    .map((line) => (line.length > LINE_LENGTH ? `${line.slice(0, LINE_LENGTH)}...` : line));
}
