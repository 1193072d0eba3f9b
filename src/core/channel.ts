/** Many writers, one reader: values in the order in which they were sent, until it is closed. */
export interface Channel<T> extends AsyncIterable<T> {
  send(value: T): void;
  close(): void;
}

export function channel<T>(): Channel<T> {
  const waiting: T[] = [];
  let closed = false;
  let wake: () => void = () => {};
  return {
    send(value) {
      waiting.push(value);
      wake();
    },
    close() {
      closed = true;
      wake();
    },
    async *[Symbol.asyncIterator]() {
      for (;;) {
        while (waiting.length > 0) yield* waiting.splice(0);
        if (closed) return;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}
