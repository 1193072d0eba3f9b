/**
 * A plain scalar by the core schema of YAML 1.2: `yes` and dates are text. A number that JavaScript can't
 * hold stays text too, so that no digit is lost unseen.
 */
export function coreValue(text: string): string | number | boolean | null {
  if (/^(?:|~|null|Null|NULL)$/.test(text)) return null;
  if (/^(?:true|True|TRUE)$/.test(text)) return true;
  if (/^(?:false|False|FALSE)$/.test(text)) return false;
  if (isWhole(text)) {
    const value = Number(text);
    return Number.isSafeInteger(value) ? value : text;
  }
  if (/^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/.test(text)) {
    const value = Number(text);
    return Number.isFinite(value) ? value : text;
  }
  return text;
}

/** Whether YAML reads the text as a whole number, however large. */
export function isWhole(text: string): boolean {
  return /^(?:[-+]?\d+|0o[0-7]+|0x[\da-fA-F]+)$/.test(text);
}
