import fc from "fast-check";
import {
  type Column,
  type DataType,
  type Expression,
  type Identifier,
  type Interval,
  type Join,
  type Literal,
  nowhere,
  type Property,
  type Query,
  type Relation,
  type SelectItem,
  type Statement,
} from "../../src/ksql/syntax/index.ts";

const span = fc.constant(nowhere);
const name = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom("A", "B", "AMOUNT", "ID", "KEY", "TS", "ROWTIME", "V1") },
  {
    weight: 2,
    arbitrary: fc.constantFrom("AT", "SELECT", "DAYS", "DAY", "EMIT", "PARTITION", "MAP", "IF", "COLUMN"),
  },
  fc.string({ minLength: 1, maxLength: 4 }),
);
const identifier: fc.Arbitrary<Identifier> = fc.record({ name, span });
const text = fc.oneof(fc.constantFrom("purchases", "it's", "", "JSON"), fc.string({ maxLength: 5 }));
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });

const number: fc.Arbitrary<Literal> = fc
  .constantFrom(
    ["integer", "0"],
    ["integer", "007"],
    ["integer", "100000"],
    ["decimal", "1.50"],
    ["decimal", ".5"],
    ["decimal", "1."],
    ["double", "1E3"],
    ["double", "1.5e-10"],
  )
  .chain(([form, digits]) =>
    fc.record({
      kind: fc.constant("number" as const),
      text: fc.constantFrom(`${digits}`, `-${digits}`),
      form: fc.constant(
        form === "integer" ? "integer" : form === "decimal" ? "decimal" : ("double" as const),
      ),
      span,
    }),
  );

const literal: fc.Arbitrary<Literal> = fc.oneof(
  number,
  fc.record({ kind: fc.constant("string" as const), value: text, span }),
  fc.record({ kind: fc.constant("boolean" as const), value: fc.boolean(), span }),
  fc.record({ kind: fc.constant("null" as const), span }),
  fc.record({ kind: fc.constant("variable" as const), name: fc.constantFrom("x", "Topic_1"), span }),
);

export const dataType: fc.Arbitrary<DataType> = fc.letrec<{ type: DataType }>((tie) => ({
  type: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.record({
      kind: fc.constant("named" as const),
      name: fc.oneof(fc.constantFrom("STRING", "VARCHAR", "INT", "BIGINT", "ADDRESS", "BYTES"), name),
      parameters: fc.constantFrom([], ["255"]),
      span,
    }),
    fc.record({
      kind: fc.constant("decimal" as const),
      precision: fc.integer({ min: 1, max: 40 }),
      scale: fc.integer({ min: 0, max: 40 }),
      span,
    }),
    fc.record({ kind: fc.constant("array" as const), element: tie("type"), span }),
    fc.record({ kind: fc.constant("map" as const), key: tie("type"), value: tie("type"), span }),
    fc.record({
      kind: fc.constant("struct" as const),
      fields: fc.array(fc.record({ name: identifier, type: tie("type") }), { maxLength: 3 }),
      span,
    }),
  ),
})).type;

const operator = fc.constantFrom(
  ...(["OR", "AND", "=", "<>", "<", "<=", ">", ">=", "||", "+", "-", "*", "/", "%"] as const),
);
const negated = fc.boolean();

export const expression: fc.Arbitrary<Expression> = fc.letrec<{ any: Expression }>((tie) => {
  const any = tie("any");
  const lambda = fc.record({
    kind: fc.constant("lambda" as const),
    parameters: fc.array(name, { minLength: 1, maxLength: 3 }),
    body: any,
    span,
  });
  const unit = fc.record({
    kind: fc.constant("unit" as const),
    unit: fc.constantFrom("DAYS", "SECONDS"),
    span,
  });
  const call = fc
    .tuple(
      name,
      fc.array(fc.oneof(any, unit), { maxLength: 2 }),
      fc.array(lambda, { maxLength: 2 }),
      fc.boolean(),
    )
    .map(([functionName, args, lambdas, star]) => ({
      kind: "call" as const,
      name: functionName,
      star: star && args.length === 0,
      arguments: args.length === 0 ? [] : [...args, ...lambdas],
      span: nowhere,
    }));
  return {
    any: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.record({ kind: fc.constant("column" as const), source: optional(name), name, span }),
      literal,
      fc.record({ kind: fc.constant("typed" as const), type: name, value: text, span }),
      fc.record({ kind: fc.constant("binary" as const), operator, left: any, right: any, span }),
      fc.record({ kind: fc.constant("sign" as const), sign: fc.constantFrom("-", "+"), operand: any, span }),
      fc.record({ kind: fc.constant("not" as const), operand: any, span }),
      fc.record({ kind: fc.constant("field" as const), base: any, field: name, span }),
      fc.record({ kind: fc.constant("subscript" as const), base: any, index: any, span }),
      fc.record({ kind: fc.constant("between" as const), negated, value: any, low: any, high: any, span }),
      fc.record({
        kind: fc.constant("in" as const),
        negated,
        value: any,
        options: fc.array(any, { minLength: 1, maxLength: 3 }),
        span,
      }),
      fc.record({
        kind: fc.constant("like" as const),
        negated,
        value: any,
        pattern: any,
        escape: optional(text),
        span,
      }),
      fc.record({ kind: fc.constant("is-null" as const), negated, value: any, span }),
      fc.record({ kind: fc.constant("distinct" as const), negated, left: any, right: any, span }),
      fc.record({
        kind: fc.constant("case" as const),
        operand: optional(any),
        branches: fc.array(fc.record({ condition: any, result: any }), { minLength: 1, maxLength: 2 }),
        otherwise: optional(any),
        span,
      }),
      fc.record({ kind: fc.constant("cast" as const), value: any, type: dataType, span }),
      call,
      fc.record({ kind: fc.constant("array" as const), elements: fc.array(any, { maxLength: 3 }), span }),
      fc.record({
        kind: fc.constant("map" as const),
        entries: fc.array(fc.record({ key: any, value: any }), { maxLength: 2 }),
        span,
      }),
      fc.record({
        kind: fc.constant("struct" as const),
        fields: fc.array(fc.record({ name, value: any }), { maxLength: 2 }),
        span,
      }),
      fc.record({ kind: fc.constant("time-zone" as const), value: any, zone: text, span }),
    ),
  };
}).any;

const interval: fc.Arbitrary<Interval> = fc.record({
  size: fc.integer({ min: 0, max: 5000 }),
  unit: fc.constantFrom("DAYS", "HOURS", "MINUTES", "SECONDS", "MILLISECONDS"),
  span,
});
const relation: fc.Arbitrary<Relation> = fc.record({ source: identifier, alias: optional(identifier), span });
const join: fc.Arbitrary<Join> = fc.record({
  type: fc.constantFrom("inner", "left", "right", "full"),
  relation,
  within: optional(fc.record({ before: interval, after: interval, grace: optional(interval), span })),
  on: expression,
  span,
});
const selectItem: fc.Arbitrary<SelectItem> = fc.oneof(
  fc.record({ kind: fc.constant("star" as const), source: optional(identifier), span }),
  fc.record({ kind: fc.constant("struct-star" as const), base: expression, span }),
  fc.record({ kind: fc.constant("expression" as const), expression, alias: optional(identifier), span }),
);

const query: fc.Arbitrary<Query> = fc.record({
  select: fc.array(selectItem, { minLength: 1, maxLength: 3 }),
  from: relation,
  joins: fc.array(join, { maxLength: 2 }),
  window: optional(
    fc
      .record({
        type: fc.constantFrom("tumbling" as const, "hopping" as const, "session" as const),
        size: interval,
        advance: interval,
        retention: optional(interval),
        grace: optional(interval),
        span,
      })
      .map((it) => ({ ...it, advance: it.type === "hopping" ? it.advance : null })),
  ),
  where: optional(expression),
  groupBy: optional(fc.array(expression, { maxLength: 3 })),
  partitionBy: optional(fc.array(expression, { maxLength: 3 })),
  having: optional(expression),
  emit: optional(fc.constantFrom("changes", "final")),
  limit: optional(fc.integer({ min: 0, max: 100 })),
  span,
});

const columnConstraint: fc.Arbitrary<Column["constraint"]> = fc.oneof(
  fc.record({ kind: fc.constantFrom("none", "key", "primary-key", "headers") }),
  fc.record({ kind: fc.constant("header" as const), key: text }),
);
const column = fc.record({ name: identifier, type: dataType, constraint: columnConstraint, span });
const property: fc.Arbitrary<Property> = fc.record({
  name: fc.oneof(fc.constantFrom("KAFKA_TOPIC", "VALUE_FORMAT", "TIMESTAMP", "PARTITIONS"), name),
  value: literal,
  span,
});
const properties = fc.array(property, { maxLength: 3 });
const flag = fc.boolean();
const sourceType = fc.constantFrom("stream" as const, "table" as const);

export const statement: fc.Arbitrary<Statement> = fc.oneof(
  fc.record({
    kind: fc.constant("create-source" as const),
    type: sourceType,
    orReplace: flag,
    ifNotExists: flag,
    readOnly: flag,
    name: identifier,
    columns: fc.array(column, { maxLength: 3 }),
    with: properties,
    span,
  }),
  fc.record({
    kind: fc.constant("create-as" as const),
    type: sourceType,
    orReplace: flag,
    ifNotExists: flag,
    name: identifier,
    with: properties,
    query,
    span,
  }),
  fc.record({
    kind: fc.constant("insert-select" as const),
    target: identifier,
    with: properties,
    query,
    span,
  }),
  fc.record({
    kind: fc.constant("insert-values" as const),
    target: identifier,
    columns: fc.array(identifier, { maxLength: 2 }),
    values: fc.array(expression, { maxLength: 2 }),
    span,
  }),
  fc.record({
    kind: fc.constant("create-type" as const),
    ifNotExists: flag,
    name: identifier,
    type: dataType,
    span,
  }),
  fc.record({
    kind: fc.constant("alter-source" as const),
    type: sourceType,
    name: identifier,
    columns: fc.array(
      fc.record({
        name: identifier,
        type: dataType,
        constraint: fc.constant({ kind: "none" as const }),
        span,
      }),
      { minLength: 1, maxLength: 2 },
    ),
    span,
  }),
  fc.record({
    kind: fc.constant("drop" as const),
    type: sourceType,
    ifExists: flag,
    name: identifier,
    deleteTopic: flag,
    span,
  }),
  fc.record({
    kind: fc.constant("control" as const),
    action: fc.constantFrom("terminate", "pause", "resume"),
    query: optional(identifier),
    span,
  }),
  fc.record({ kind: fc.constant("set" as const), property: text, value: text, span }),
  fc.record({ kind: fc.constant("query" as const), query, span }),
);
