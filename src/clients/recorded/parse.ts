import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import { error, KpipeError } from "../../core/errors.ts";
import type { Position } from "../../core/model.ts";
import { formatVersion, type Recording } from "./document.ts";
import { recordingSchema } from "./document-schema.ts";
import { offsetIn } from "./json-place.ts";

/**
 * A recording from its text; `file` is named in errors. Throws a KpipeError if it is damaged, something
 * else, or newer than this version of kpipe.
 */
export function parseRecording(text: string, file: string): Recording {
  const document = parseJson(text, file);
  if (!isRecord(document) || document.kind !== "Recording")
    throw new KpipeError(error("KP6002", `${file} is not a recording of a cluster`));
  const version = document.formatVersion;
  if (typeof version === "number" && version > formatVersion)
    throw new KpipeError(
      error("KP6003", `${file} has format ${version}, and this kpipe reads up to ${formatVersion}`),
    );
  const validate = recordingValidator();
  if (validate(document)) return document;
  const [first] = validate.errors ?? [];
  const path = first ? pathOf(first) : [];
  throw new KpipeError(
    error("KP6001", `${path.join(".") || "the document"} ${first ? reasonOf(first) : "is wrong"}`, {
      position: placeOf(text, file, offsetIn(text, path)),
    }),
  );
}

let compiled: ValidateFunction<Recording> | undefined;

/** Compiled when it is needed first: that takes a tenth of a second. */
function recordingValidator(): ValidateFunction<Recording> {
  compiled ??= new Ajv2020({ strictTuples: false }).compile<Recording>(recordingSchema);
  return compiled;
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const at = /at position (\d+)/.exec(String(cause))?.[1];
    const position = placeOf(text, file, at === undefined ? text.length : Number(at));
    const what = text.trim() === "" ? "is empty" : "is not valid JSON: cut off or edited by hand";
    throw new KpipeError(error("KP6001", `${file} ${what}`, { position }), cause);
  }
}

function isRecord(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function pathOf({ instancePath, params }: ErrorObject): readonly string[] {
  const path = instancePath
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
  return "additionalProperty" in params ? [...path, String(params.additionalProperty)] : path;
}

function reasonOf({ keyword, message = "is wrong", params }: ErrorObject): string {
  switch (keyword) {
    case "additionalProperties":
      return "is not a field of a recording";
    case "required":
      return `lacks ${String(params.missingProperty)}`;
    case "enum":
      return `must be one of ${String(params.allowedValues).replaceAll(",", ", ")}`;
    default:
      return message;
  }
}

function placeOf(text: string, file: string, offset: number): Position {
  const before = text.slice(0, offset).split("\n");
  return { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1, length: 1 };
}
