import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import type { JsonSchema, Kind } from "../core/kind.ts";
import { documentSchema } from "./document-schema.ts";
import type { Path } from "./node.ts";

/** One finding of the schema. */
export interface Fault {
  readonly keyword: string;
  /** Where in the data. */
  readonly path: Path;
  /** Where in the schema. */
  readonly schemaPath: string;
  readonly params: { readonly [name: string]: unknown };
  /** The schema that holds the keyword. */
  readonly schema: JsonSchema;
  /** The key that is wrong as a name, where `path` is its map. */
  readonly propertyName?: string;
}

/** Compiling takes longer than loading a small pipeline; kinds are fixed in a process. */
const compiled = new WeakMap<readonly Kind[], ValidateFunction>();

/** Everything that the schema of these kinds finds wrong with the data. */
export function validate(kinds: readonly Kind[], data: unknown): readonly Fault[] {
  const check = compiled.get(kinds) ?? compile(kinds);
  if (check(data)) return [];
  return (check.errors ?? []).map(
    ({ keyword, instancePath, schemaPath, params, parentSchema, propertyName }) => ({
      keyword,
      path: pathOf(instancePath),
      schemaPath,
      params,
      schema: parentSchema ?? {},
      ...(propertyName !== undefined && { propertyName }),
    }),
  );
}

function compile(kinds: readonly Kind[]): ValidateFunction {
  const ajv = new Ajv2020({
    allErrors: true,
    verbose: true,
    logger: false,
    strictTypes: false,
    // Checking our own schema and polishing the generated code would take most of the start-up.
    validateSchema: false,
    meta: false,
    code: { optimize: false },
    strictRequired: false,
  });
  const check = ajv.compile(documentSchema(kinds));
  compiled.set(kinds, check);
  return check;
}

/** A JSON pointer (RFC 6901) as its steps. */
function pathOf(pointer: string): Path {
  const steps = pointer.split("/").slice(1);
  return steps.map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}
