import type { DataType, Expression, Identifier, Literal, TimeUnit } from "./ast-expression.ts";
import type { Span, SyntaxProblem } from "./position.ts";

export type * from "./ast-expression.ts";

export interface Interval {
  readonly size: number;
  readonly unit: TimeUnit;
  readonly span: Span;
}

export type SourceType = "stream" | "table";

export interface Column {
  readonly name: Identifier;
  readonly type: DataType;
  readonly constraint: ColumnConstraint;
  readonly span: Span;
}

export type ColumnConstraint =
  | { readonly kind: "none" | "key" | "primary-key" | "headers" }
  | { readonly kind: "header"; readonly key: string };

/** One entry of a WITH clause. The name is upper-cased unless it was quoted. */
export interface Property {
  readonly name: string;
  readonly value: Literal;
  readonly span: Span;
}

export type SelectItem =
  | { readonly kind: "star"; readonly source: Identifier | null; readonly span: Span }
  /** `base->*` */
  | { readonly kind: "struct-star"; readonly base: Expression; readonly span: Span }
  | {
      readonly kind: "expression";
      readonly expression: Expression;
      readonly alias: Identifier | null;
      readonly span: Span;
    };

export interface Relation {
  readonly source: Identifier;
  readonly alias: Identifier | null;
  readonly span: Span;
}

export interface Join {
  readonly type: "inner" | "left" | "right" | "full";
  readonly relation: Relation;
  readonly within: Within | null;
  readonly on: Expression;
  readonly span: Span;
}

/** `WITHIN 1 HOUR` has equal sides. */
export interface Within {
  readonly before: Interval;
  readonly after: Interval;
  readonly grace: Interval | null;
  readonly span: Span;
}

export interface Window {
  readonly type: "tumbling" | "hopping" | "session";
  readonly size: Interval;
  /** Of a hopping window only. */
  readonly advance: Interval | null;
  readonly retention: Interval | null;
  readonly grace: Interval | null;
  readonly span: Span;
}

export interface Query {
  readonly select: readonly SelectItem[];
  readonly from: Relation;
  readonly joins: readonly Join[];
  readonly window: Window | null;
  readonly where: Expression | null;
  readonly groupBy: readonly Expression[] | null;
  readonly partitionBy: readonly Expression[] | null;
  readonly having: Expression | null;
  readonly emit: "changes" | "final" | null;
  readonly limit: number | null;
  readonly span: Span;
}

interface Create {
  readonly orReplace: boolean;
  readonly ifNotExists: boolean;
  readonly name: Identifier;
  readonly with: readonly Property[];
  readonly span: Span;
}

/** CREATE [SOURCE] STREAM or TABLE over a topic. No columns: they are inferred from a schema. */
export interface CreateSource extends Create {
  readonly kind: "create-source";
  readonly type: SourceType;
  readonly readOnly: boolean;
  readonly columns: readonly Column[];
}

export interface CreateAs extends Create {
  readonly kind: "create-as";
  readonly type: SourceType;
  readonly query: Query;
}

interface InsertSelect {
  readonly kind: "insert-select";
  readonly target: Identifier;
  readonly with: readonly Property[];
  readonly query: Query;
  readonly span: Span;
}

interface CreateType {
  readonly kind: "create-type";
  readonly ifNotExists: boolean;
  readonly name: Identifier;
  readonly type: DataType;
  readonly span: Span;
}

export interface AlterSource {
  readonly kind: "alter-source";
  readonly type: SourceType;
  readonly name: Identifier;
  readonly columns: readonly Column[];
  readonly span: Span;
}

/** What can be declared, and so has a canonical form; an ALTER is folded into its CREATE. */
export type Declaration = CreateSource | CreateAs | InsertSelect | CreateType;

export type Statement =
  | Declaration
  | AlterSource
  | { readonly kind: "query"; readonly query: Query; readonly span: Span }
  | {
      readonly kind: "insert-values";
      readonly target: Identifier;
      readonly columns: readonly Identifier[];
      readonly values: readonly Expression[];
      readonly span: Span;
    }
  | {
      readonly kind: "create-connector";
      readonly role: "source" | "sink";
      readonly ifNotExists: boolean;
      readonly name: Identifier;
      readonly with: readonly Property[];
      readonly span: Span;
    }
  | {
      readonly kind: "drop";
      readonly type: SourceType | "type" | "connector";
      readonly ifExists: boolean;
      readonly name: Identifier;
      readonly deleteTopic: boolean;
      readonly span: Span;
    }
  /** `query` is null for ALL. */
  | {
      readonly kind: "control";
      readonly action: "terminate" | "pause" | "resume";
      readonly query: Identifier | null;
      readonly span: Span;
    }
  | { readonly kind: "set"; readonly property: string; readonly value: string; readonly span: Span }
  | { readonly kind: "unset"; readonly property: string; readonly span: Span }
  | { readonly kind: "alter-system"; readonly property: string; readonly value: string; readonly span: Span }
  | { readonly kind: "define"; readonly variable: string; readonly value: string; readonly span: Span }
  | { readonly kind: "undefine"; readonly variable: string; readonly span: Span }
  | { readonly kind: "explain"; readonly statement: Statement; readonly span: Span }
  /** Statements that only look: LIST, SHOW, DESCRIBE, PRINT, ASSERT, EXPLAIN of a query; their words as printed. */
  | { readonly kind: "inspect"; readonly words: readonly string[]; readonly span: Span };

/** A statement that couldn't be understood: never guessed at, and no obstacle to its neighbours. */
export interface Unparsed {
  readonly kind: "unparsed";
  readonly text: string;
  readonly error: SyntaxProblem;
  readonly span: Span;
}
