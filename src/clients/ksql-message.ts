/** What the server says is wrong, in one line of its own words, and where, from 1. */
export interface Said {
  readonly message: string;
  readonly line?: number;
  readonly column?: number;
}

const LONGEST = 2_000;
/** Far longer than what real servers were seen to say; the patterns below must not meet more. */
const LONGEST_READ = 50_000;

/**
 * A message of ksqlDB without what only fills the screen: stack traces, names of Java classes, the statement
 * itself, advice about other statements. The place in the request is taken out of the words.
 */
export function saidBy(message: string): Said {
  const causes = withoutTrace(message.slice(0, LONGEST_READ)).split(/\n[ \t]*Caused by: /);
  const parts = causes.map((it) => placed(oneLine(plainCause(it))));
  const first = parts[0] ?? { message: "" };
  // Each exception repeats its cause's words, or adds to them.
  const words = parts.reduce(
    (said, part) => (said.includes(part.message) ? said : joined(said, part.message)),
    "",
  );
  const cut = words.length > LONGEST ? `${words.slice(0, LONGEST)}...` : words;
  return { ...first, message: cut };
}

function joined(said: string, more: string): string {
  return said === "" ? more : `${said.replace(/[.:]$/, "")}: ${more}`;
}

/** A command that failed tells the whole trace of its exception, which holds the statement too. */
function withoutTrace(message: string): string {
  return message
    .replaceAll("\r\n", "\n")
    .replaceAll(/^[ \t]+at [\w$.<>/]+\(.*\)$\n?/gm, "")
    .replaceAll(/^[ \t]*\.\.\. \d+ (?:more|common frames omitted)$\n?/gm, "")
    .replaceAll(/\nStatement: [\s\S]*?(?=\n[ \t]*Caused by: |$(?![\s\S]))/g, "")
    .replace(/^Could not write the statement '[\s\S]*' into the command topic/, WRITE_FAILED);
}

const WRITE_FAILED = "Could not write the statement into the command topic";

function plainCause(cause: string): string {
  return (
    cause
      .trim()
      .replace(/^(?:(?:[\w$]+\.)+[\w$]*(?:Exception|Error)\w*: )+/, "")
      .replace(/^(?:Exception while preparing statement|Failed to prepare statement): /, "")
      .replace(/^Could not determine output schema for query due to error: /, "")
      // The example is the statement once more, and the list of causes a page about the Schema Registry.
      .replace(/ For example: CREATE [\s\S]*$/, "")
      .replace(/\nPossible causes include:[\s\S]*$/, "")
      .replaceAll(/The following queries [a-z ]+: \[\]\.\s*/g, "")
      .replace(" (use UNSET to reset their default value)", "")
      .replaceAll("\n\tAND ", "; ")
      .replaceAll(/DataSource '(`[^`]*`)'/g, "$1")
      .replaceAll(/class (?:[a-z]\w*\.)+([A-Z]\w*)/g, "$1")
      .replaceAll(/FormatInfo\{format=(\w+), properties=\{\}\}/g, "$1")
      .replaceAll(", features=[]", "")
      .replaceAll(", window=Optional.empty", "")
      .replaceAll(/, (key|value)Format=(?:Key|Value)Format\{format=(\w+)\}/g, ", $1Format=$2")
      .replaceAll("Optional.empty", "none")
      .replaceAll(/Optional\[([^[\]]*)\]/g, "$1")
  );
}

/** Long messages come wrapped at 80 columns, others as several sentences. */
function oneLine(text: string): string {
  const lines = text.split("\n").map((line) => line.trim());
  return lines.filter((line) => line !== "").join(" ");
}

/** The parser says `line 1:8: Syntax Error`, what comes after it `Line: 1, Col: 8`. Both count from 1. */
function placed(text: string): Said {
  const syntax = /^line (\d+):(\d+): Syntax Error\s*/.exec(text);
  if (syntax) {
    const rest = text.slice(syntax[0].length).replace(/ at line \d+:\d+$/, "");
    const message =
      rest === "" ? "Syntax error" : rest.startsWith("Syntax error") ? rest : `Syntax error: ${rest}`;
    return { message, ...placeOf(syntax) };
  }
  const later = /^(?:Illegal argument at )?Line: (\d+), Col: (\d+)[:.] /.exec(text);
  return later ? { message: text.slice(later[0].length), ...placeOf(later) } : { message: text };
}

function placeOf([, line, column]: readonly string[]): { readonly line: number; readonly column: number } {
  return { line: Number(line), column: Number(column) };
}
