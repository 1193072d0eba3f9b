import type { Span } from "./position.ts";

/** A name as ksqlDB knows it: upper-cased unless it was quoted. `${x}` stays as written. */
export interface Identifier {
  readonly name: string;
  readonly span: Span;
}

export type DataType =
  /** A primitive or custom type. `parameters` (`VARCHAR(255)`) are read and mean nothing. */
  | {
      readonly kind: "named";
      readonly name: string;
      readonly parameters: readonly string[];
      readonly span: Span;
    }
  | { readonly kind: "decimal"; readonly precision: number; readonly scale: number; readonly span: Span }
  | { readonly kind: "array"; readonly element: DataType; readonly span: Span }
  | { readonly kind: "map"; readonly key: DataType; readonly value: DataType; readonly span: Span }
  | { readonly kind: "struct"; readonly fields: readonly StructField[]; readonly span: Span };

export interface StructField {
  readonly name: Identifier;
  readonly type: DataType;
}

export type TimeUnit = "DAYS" | "HOURS" | "MINUTES" | "SECONDS" | "MILLISECONDS";

export type Literal =
  | { readonly kind: "null"; readonly span: Span }
  | { readonly kind: "boolean"; readonly value: boolean; readonly span: Span }
  | { readonly kind: "string"; readonly value: string; readonly span: Span }
  /** `text` as written, with a minus if there is one; `form` is what ksqlDB takes it for. */
  | {
      readonly kind: "number";
      readonly text: string;
      readonly form: "integer" | "decimal" | "double";
      readonly span: Span;
    }
  /** `${name}`, which the server replaces before it parses. */
  | { readonly kind: "variable"; readonly name: string; readonly span: Span };

export type BinaryOperator =
  | ("OR" | "AND")
  | ("=" | "<>" | "<" | "<=" | ">" | ">=")
  | ("||" | "+" | "-" | "*" | "/" | "%");

export type Expression =
  | Literal
  /** `DECIMAL '1.5'` and its like: a type's name before a string. */
  | { readonly kind: "typed"; readonly type: string; readonly value: string; readonly span: Span }
  | { readonly kind: "column"; readonly source: string | null; readonly name: string; readonly span: Span }
  /** `base->field` */
  | { readonly kind: "field"; readonly base: Expression; readonly field: string; readonly span: Span }
  | { readonly kind: "subscript"; readonly base: Expression; readonly index: Expression; readonly span: Span }
  | { readonly kind: "sign"; readonly sign: "-" | "+"; readonly operand: Expression; readonly span: Span }
  | { readonly kind: "not"; readonly operand: Expression; readonly span: Span }
  | {
      readonly kind: "binary";
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly span: Span;
    }
  | Predicate
  | {
      readonly kind: "case";
      /** Given in a simple CASE, which ksqlDB parses and doesn't implement. */
      readonly operand: Expression | null;
      readonly branches: readonly CaseBranch[];
      readonly otherwise: Expression | null;
      readonly span: Span;
    }
  | { readonly kind: "cast"; readonly value: Expression; readonly type: DataType; readonly span: Span }
  /** `star` for COUNT(*), which is COUNT without arguments. */
  | {
      readonly kind: "call";
      readonly name: string;
      readonly star: boolean;
      readonly arguments: readonly Expression[];
      readonly span: Span;
    }
  /** Only as a function's argument. */
  | {
      readonly kind: "lambda";
      readonly parameters: readonly string[];
      readonly body: Expression;
      readonly span: Span;
    }
  /** Only as a function's argument, as in TIMESTAMPADD(SECONDS, 5, TS). */
  | { readonly kind: "unit"; readonly unit: TimeUnit; readonly span: Span }
  | { readonly kind: "array"; readonly elements: readonly Expression[]; readonly span: Span }
  | { readonly kind: "map"; readonly entries: readonly MapEntry[]; readonly span: Span }
  | { readonly kind: "struct"; readonly fields: readonly StructValue[]; readonly span: Span }
  | { readonly kind: "time-zone"; readonly value: Expression; readonly zone: string; readonly span: Span };

/** The predicates that can be negated from inside: `a NOT IN (1)`, `a IS NOT NULL`. */
export type Predicate =
  | {
      readonly kind: "between";
      readonly negated: boolean;
      readonly value: Expression;
      readonly low: Expression;
      readonly high: Expression;
      readonly span: Span;
    }
  | {
      readonly kind: "in";
      readonly negated: boolean;
      readonly value: Expression;
      readonly options: readonly Expression[];
      readonly span: Span;
    }
  | {
      readonly kind: "like";
      readonly negated: boolean;
      readonly value: Expression;
      readonly pattern: Expression;
      readonly escape: string | null;
      readonly span: Span;
    }
  | { readonly kind: "is-null"; readonly negated: boolean; readonly value: Expression; readonly span: Span }
  | {
      readonly kind: "distinct";
      readonly negated: boolean;
      readonly left: Expression;
      readonly right: Expression;
      readonly span: Span;
    };

export interface CaseBranch {
  readonly condition: Expression;
  readonly result: Expression;
}

interface MapEntry {
  readonly key: Expression;
  readonly value: Expression;
}

interface StructValue {
  readonly name: string;
  readonly value: Expression;
}
