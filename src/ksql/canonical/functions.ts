import { type DataType, nowhere } from "../syntax/index.ts";
import { isSameType, primitive } from "./types.ts";

type Type = DataType | "unknown";

const names = (list: string): readonly string[] => list.trim().split(/\s+/);

/** Functions whose result has one type, whatever the arguments. */
const resultTypes: Readonly<Record<string, string>> = {
  STRING: `
    UCASE LCASE INITCAP REPLACE MASK MASK_LEFT MASK_RIGHT MASK_KEEP_LEFT MASK_KEEP_RIGHT UUID CHR ENCODE MD5
    FORMAT_DATE FORMAT_TIME FORMAT_TIMESTAMP DATETOSTRING TIMESTAMPTOSTRING EXTRACTJSONFIELD FROM_BYTES
    REGEXP_REPLACE REGEXP_EXTRACT TO_JSON_STRING JSON_CONCAT ARRAY_JOIN ELT URL_ENCODE_PARAM URL_DECODE_PARAM
    URL_EXTRACT_FRAGMENT URL_EXTRACT_HOST URL_EXTRACT_PARAMETER URL_EXTRACT_PATH URL_EXTRACT_PROTOCOL
    URL_EXTRACT_QUERY`,
  INTEGER: "LEN INSTR ARRAY_LENGTH JSON_ARRAY_LENGTH URL_EXTRACT_PORT FIELD INT_FROM_BYTES",
  BIGINT: "COUNT COUNT_DISTINCT STRINGTOTIMESTAMP BIGINT_FROM_BYTES",
  DOUBLE: `
    AVG RANDOM GEO_DISTANCE SQRT EXP LN LOG SIN COS TAN ASIN ACOS ATAN ATAN2 SINH COSH TANH COT CBRT POWER
    DEGREES RADIANS PI CORRELATION DOUBLE_FROM_BYTES`,
  BOOLEAN: "ARRAY_CONTAINS JSON_ARRAY_CONTAINS IS_JSON_STRING",
  BYTES: "TO_BYTES",
  TIMESTAMP: "PARSE_TIMESTAMP FROM_UNIXTIME CONVERT_TZ TIMESTAMPADD TIMESTAMPSUB",
  DATE: "PARSE_DATE FROM_DAYS DATEADD DATESUB",
  TIME: "PARSE_TIME TIMEADD TIMESUB",
};
const fixed = new Map(
  Object.entries(resultTypes).flatMap(([type, list]) =>
    names(list).map((name) => [name, primitive(type)] as const),
  ),
);

const stringArrays = new Set(names("REGEXP_EXTRACT_ALL REGEXP_SPLIT_TO_ARRAY JSON_KEYS JSON_ITEMS"));

/** Functions whose result has the type of their first argument. */
const asFirst = new Set(
  names(
    "MIN MAX AS_VALUE ARRAY_DISTINCT ARRAY_SORT ARRAY_REMOVE ARRAY_EXCEPT ARRAY_UNION ARRAY_INTERSECT SLICE",
  ),
);

/** Functions whose arguments and result have one type. */
const asAll = new Set(names("IFNULL NULLIF COALESCE LEAST GREATEST"));

/** The type of a function's result, where it is certain. */
export function resultType(name: string, args: readonly Type[]): Type {
  const always = fixed.get(name);
  if (always !== undefined) return always;
  if (stringArrays.has(name)) return array(primitive("STRING"));
  const [first = "unknown"] = args;
  if (first === "unknown") return "unknown";
  if (asFirst.has(name)) return first;
  if (asAll.has(name))
    return args.every((it) => it !== "unknown" && isSameType(it, first)) ? first : "unknown";
  switch (name) {
    case "SUM":
    case "ABS":
      return isNamed(first, ["INTEGER", "BIGINT", "DOUBLE"]) ? first : "unknown";
    case "TRIM":
    case "LPAD":
    case "RPAD":
    case "SUBSTRING":
      return isNamed(first, ["STRING"]) ? first : "unknown";
    case "CONCAT":
    case "CONCAT_WS":
      return args.every((it) => it !== "unknown" && isNamed(it, ["STRING"])) ? first : "unknown";
    case "COLLECT_LIST":
    case "COLLECT_SET":
      return array(first);
    case "TOPK":
    case "TOPKDISTINCT":
      return args.length === 2 ? array(first) : "unknown";
    case "LATEST_BY_OFFSET":
    case "EARLIEST_BY_OFFSET":
      return args.length === 1 ? first : "unknown";
    case "EXPLODE":
    case "ARRAY_MIN":
    case "ARRAY_MAX":
      return first.kind === "array" ? first.element : "unknown";
    case "MAP_KEYS":
      return first.kind === "map" ? array(first.key) : "unknown";
    case "MAP_VALUES":
      return first.kind === "map" ? array(first.value) : "unknown";
    case "SPLIT":
      return isNamed(first, ["STRING"]) ? array(first) : "unknown";
    default:
      return "unknown";
  }
}

export function isNamed(type: DataType, allowed: readonly string[]): boolean {
  return type.kind === "named" && allowed.includes(type.name);
}

function array(element: DataType): DataType {
  return { kind: "array", element, span: nowhere };
}
