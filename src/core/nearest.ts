import { distance } from "fastest-levenshtein";

/**
 * The candidate that a misspelt name most likely means: few letters differ, whatever the case and the
 * separators (`retentionMs` is near `retention.ms`). Undefined where none is near; `within`: how many letters,
 * where another name may just as well be right.
 */
export function nearest(name: string, candidates: Iterable<string>, within?: number): string | undefined {
  if (name.length > 200) return undefined;
  const bare = plain(name);
  const allowed = within ?? Math.max(1, Math.floor(bare.length / 3));
  let best: { readonly candidate: string; readonly away: number } | undefined;
  for (const candidate of candidates) {
    const away = distance(bare, plain(candidate));
    if (away <= allowed && (best === undefined || away < best.away)) best = { candidate, away };
  }
  return best?.candidate;
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[._-]/g, "");
}
