interface Level {
  readonly list: boolean;
  /** The key or number of the value that is being read. */
  at: string;
  /** Whether a string is the next key. */
  key: boolean;
}

/** Where the value at a path starts in valid JSON; of a path that it doesn't have, the nearest enclosing one. */
export function offsetIn(text: string, path: readonly string[]): number {
  const levels: Level[] = [];
  let best = 0;
  let matched = 0;
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g)) {
    const level = levels.at(-1);
    if (token === "," && level) {
      if (level.list) level.at = String(Number(level.at) + 1);
      else level.key = true;
    } else if (token === "}" || token === "]") {
      levels.pop();
    } else if (level?.key) {
      level.at = String(JSON.parse(token));
      level.key = false;
    } else if (token !== ":") {
      const depth = levels.length;
      if (depth === matched + 1 && levels.every(({ at }, of) => at === path[of])) {
        best = index;
        matched = depth;
        if (matched === path.length) return best;
      }
      if (token === "{" || token === "[") {
        const list = token === "[";
        levels.push({ list, at: list ? "0" : "", key: !list });
      }
    }
  }
  return best;
}
