const units = ["KiB", "MiB", "GiB", "TiB", "PiB"];

/** A measured number of bytes, rounded to be read: `1.2 GiB`. */
export function roughly(bytes: number): string {
  let [amount, unit] = [bytes, "B"];
  for (const next of units) {
    if (amount < 1024) break;
    [amount, unit] = [amount / 1024, next];
  }
  const digits = unit === "B" || amount >= 100 ? 0 : 1;
  return `${amount.toFixed(digits).replace(/\.0$/, "")} ${unit}`;
}
