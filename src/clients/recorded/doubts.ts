/** What a recording was asked and could not judge, in the user's words. It took it all the same. */
export class Doubts {
  readonly #texts = new Set<string>();

  add(...texts: readonly string[]): void {
    for (const text of texts) this.#texts.add(text);
  }

  list(): readonly string[] {
    return [...this.#texts].toSorted();
  }
}
