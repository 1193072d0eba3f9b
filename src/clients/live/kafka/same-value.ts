/**
 * Whether a broker that was given `asked` for a config may tell it as `told`. Brokers write booleans in lower
 * case, numbers in their shortest form, and lists without blanks and (since 4.x) without duplicates. null: the
 * value is sensitive and not told; undefined: the key is not set.
 */
export function sameValue(asked: string, told: string | null | undefined): boolean {
  if (told === undefined) return false;
  return told === null || asked === told || plain(asked) === plain(told);
}

function plain(value: string): string {
  const parts = value.split(",").map((part) => {
    const text = part.trim();
    if (/^(true|false)$/i.test(text)) return text.toLowerCase();
    // A LONG has more digits than a number keeps.
    if (/^[+-]?\d+$/.test(text)) return String(BigInt(text.replace("+", "")));
    return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? String(Number(text)) : text;
  });
  return [...new Set(parts)].join(",");
}
