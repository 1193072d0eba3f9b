interface Unit {
  readonly name: string;
  readonly factor: bigint;
}

/** Largest first. */
const durationUnits: readonly Unit[] = [
  { name: "d", factor: 86_400_000n },
  { name: "h", factor: 3_600_000n },
  { name: "m", factor: 60_000n },
  { name: "s", factor: 1_000n },
  { name: "ms", factor: 1n },
];

/** Largest first. */
const sizeUnits: readonly Unit[] = [
  { name: "TiB", factor: 2n ** 40n },
  { name: "TB", factor: 10n ** 12n },
  { name: "GiB", factor: 2n ** 30n },
  { name: "GB", factor: 10n ** 9n },
  { name: "MiB", factor: 2n ** 20n },
  { name: "MB", factor: 10n ** 6n },
  { name: "KiB", factor: 2n ** 10n },
  { name: "kB", factor: 10n ** 3n },
  { name: "B", factor: 1n },
];

/** What a duration looks like, for messages: `expected ...`. */
export const durationExample = "a duration such as 7d, 12h, 30m, 45s, 500ms or 1d12h";

/** What a size looks like, for messages: `expected ...`. */
export const sizeExample = "a size such as 1GiB, 10MiB, 64KiB, 1kB or 512B";

const durationPattern =
  /^(?=\d)(?:(\d{1,19})d)?(?:(\d{1,19})h)?(?:(\d{1,19})m)?(?:(\d{1,19})s)?(?:(\d{1,19})ms)?$/;
const sizePattern = /^(\d{1,19})([A-Za-z]{1,3})$/;

/**
 * `7d`, `12h`, `30m`, `45s`, `500ms` and combinations from large to small (`1d12h`) in milliseconds.
 * Undefined for anything else, plain digits included: only `0` needs no unit.
 */
export function parseDuration(text: string): bigint | undefined {
  if (text === "0") return 0n;
  const found = durationPattern.exec(text);
  if (!found) return undefined;
  return durationUnits.reduce((sum, { factor }, at) => sum + BigInt(found[at + 1] ?? 0) * factor, 0n);
}

/**
 * The shortest spelling that `parseDuration` reads as exactly these milliseconds; of two equally short
 * ones that with the larger unit. A negative number has none and stays digits (`-1` is Kafka's unlimited).
 */
export function formatDuration(ms: bigint): string {
  if (ms <= 0n) return String(ms);
  return shortest(spellings(ms, durationUnits));
}

/**
 * `1GiB`, `10MiB`, `1kB`, `512B` in bytes: KiB to TiB are powers of 1024, kB to TB powers of 1000.
 * Undefined for anything else, plain digits included: only `0` needs no unit.
 */
export function parseSize(text: string): bigint | undefined {
  if (text === "0") return 0n;
  const [, digits, name] = sizePattern.exec(text) ?? [];
  const unit = sizeUnits.find((it) => it.name === name);
  return digits === undefined || unit === undefined ? undefined : BigInt(digits) * unit.factor;
}

/** The shortest spelling that `parseSize` reads as exactly these bytes; a negative number stays digits. */
export function formatSize(bytes: bigint): string {
  if (bytes <= 0n) return String(bytes);
  return shortest(
    sizeUnits
      .filter(({ factor }) => bytes % factor === 0n)
      .map(({ factor, name }) => `${bytes / factor}${name}`),
  );
}

/** Every exact spelling with a choice of the units, each unit taken as often as it fits. */
function spellings(rest: bigint, [unit, ...smaller]: readonly Unit[]): readonly string[] {
  if (rest === 0n) return [""];
  if (unit === undefined) return [];
  const count = rest / unit.factor;
  const without = spellings(rest, smaller);
  if (count === 0n) return without;
  const after = spellings(rest - count * unit.factor, smaller);
  return [...after.map((tail) => `${count}${unit.name}${tail}`), ...without];
}

function shortest(texts: readonly string[]): string {
  return texts.reduce((best, text) => (text.length < best.length ? text : best));
}
