import { type Literal, nowhere } from "../syntax/index.ts";

type NumberLiteral = Extract<Literal, { kind: "number" }>;

/** A number as ksqlDB writes it: `007` is 7, `.50` is 0.50 (its scale is part of its type), `1500e0` is 1.5E3. */
export function canonicalNumber({ text, form }: NumberLiteral): NumberLiteral {
  const isNegative = text.startsWith("-");
  const digits = isNegative ? text.slice(1) : text;
  if (form === "integer") return integer(digits, isNegative);
  if (form === "double") return double(text);
  const [whole = "", fraction = ""] = digits.split(".");
  if (fraction === "") return integer(whole, isNegative);
  if (/^0*$/.test(whole)) {
    // BigDecimal.toString turns to scientific notation here, which then reads as a DOUBLE.
    const zeros = fraction.search(/[1-9]/);
    if (zeros >= 6 || (zeros === -1 && fraction.length > 6)) return double(text);
  }
  const plain = `${stripZeros(whole)}.${fraction}`;
  return number(isNegative && /[1-9]/.test(plain) ? `-${plain}` : plain, "decimal");
}

/** The negative of a canonical number. */
export function negated({ text, form }: NumberLiteral): NumberLiteral {
  return canonicalNumber(number(text.startsWith("-") ? text.slice(1) : `-${text}`, form));
}

/** Where only the value counts, as in a comparison: 1.50 is 1.5, and 2.0 is 2. */
export function withoutScale(literal: NumberLiteral): NumberLiteral {
  if (literal.form !== "decimal") return literal;
  return canonicalNumber(number(literal.text.replace(/0+$/, ""), "decimal"));
}

function number(text: string, form: NumberLiteral["form"]): NumberLiteral {
  return { kind: "number", text, form, span: nowhere };
}

function stripZeros(digits: string): string {
  return digits.replace(/^0+(?=\d)/, "") || "0";
}

function integer(digits: string, isNegative: boolean): NumberLiteral {
  const plain = stripZeros(digits);
  return number(isNegative && plain !== "0" ? `-${plain}` : plain, "integer");
}

function double(text: string): NumberLiteral {
  const value = Number(text);
  if (!Number.isFinite(value)) return number(text, "double");
  const [mantissa = "0", exponent = "0"] = value.toExponential().split("e");
  return number(`${mantissa}E${Number(exponent)}`, "double");
}
