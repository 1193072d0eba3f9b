import type { Token } from "./tokens.ts";

interface Message {
  readonly message: string;
  readonly hint?: string | undefined;
}

const typographic = new Map([
  ["\u2018", "'"],
  ["\u2019", "'"],
  ["\u201C", '"'],
  ["\u201D", '"'],
  ["\u2013", "-"],
  ["\u2212", "-"],
]);

const doubleTheQuote = "a quote inside a text is doubled: 'it''s'";

/** What to say about text that isn't a token of ksqlDB at all. */
export function brokenTokenMessage(token: Token): Message | undefined {
  if (token.kind !== "broken") return undefined;
  switch (token.value) {
    case "comment":
      return {
        message: `'${token.text.startsWith("#") ? "#" : "//"}' begins no comment in ksqlDB`,
        hint: "write -- before a comment, or put it between /* and */",
      };
    case "open-comment":
      return { message: "the comment that begins here is never closed", hint: "close it with */" };
    case "open-string":
      return { message: "the text that begins here is never closed", hint: doubleTheQuote };
    case "open-name":
      return { message: "the quoted name that begins here is never closed" };
    default:
      return characterMessage(token.text);
  }
}

function characterMessage(character: string): Message {
  const plain = typographic.get(character);
  if (plain !== undefined) return { message: `'${character}' is a typographic sign`, hint: `write ${plain}` };
  if (/\s/u.test(character)) {
    const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
    return { message: `ksqlDB doesn't take U+${code} for a blank`, hint: "write an ordinary space" };
  }
  if (character === "&") return { message: "'&' means nothing in ksqlDB", hint: "write AND" };
  if (character === "|")
    return { message: "'|' means nothing in ksqlDB", hint: "write OR, or || to join texts" };
  if (character === "$") return { message: "'$' begins no variable here", hint: `a variable is \${name}` };
  if (/\p{L}/u.test(character)) {
    return {
      message: `'${character}' can't stand in an unquoted name`,
      hint: "put the whole name in back quotes",
    };
  }
  return { message: `'${character}' means nothing in ksqlDB` };
}

/** How to write the value of a WITH property, where something else than a literal was found. */
export function propertyValueHint(property: string, token: Token): string | undefined {
  if (token.kind === "quoted" || token.kind === "word" || token.kind === "digits-word") {
    const text = token.kind === "quoted" ? token.value : token.text;
    return `write ${property}='${text.replaceAll("'", "''")}': double quotes and back quotes are for names`;
  }
  return undefined;
}

/** What to do where a word stands right behind a text: `'it's'`. */
export function brokenTextHint(before: Token | undefined, token: Token): string | undefined {
  const touches = before?.kind === "string" && token.kind === "word" && before.span.end === token.span.start;
  return touches ? doubleTheQuote : undefined;
}
