import { locked, replaceFile, versionOf } from "./file.ts";
import { printRecording } from "./print.ts";
import { readRecording } from "./read.ts";
import { recordingOf, stateOf } from "./section.ts";
import type { ClusterState } from "./state.ts";
import type { Store } from "./store.ts";

interface Loaded {
  readonly version: string;
  readonly state: ClusterState;
  /** As this kpipe prints it; undefined until that matters. */
  readonly printed?: string;
}

/**
 * A recorded cluster in a file. Every change is on the disk before it is answered, and what other processes
 * write meanwhile is seen: the file is the cluster.
 */
export function fileStore(path: string): Store {
  let loaded: Loaded | undefined;
  let turn: Promise<unknown> = Promise.resolve();

  const load = async (): Promise<Loaded> => {
    // Taken before the text: what is written in between looks like a change afterwards, and is read again.
    const version = await versionOf(path);
    if (loaded?.version === version) return loaded;
    return { version, state: stateOf(await readRecording(path)) };
  };

  /** One after another within this process; the lock is for others. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = turn.then(work);
    turn = result.catch(() => {});
    return result;
  };

  const changed = async <T>(file: string, change: (state: ClusterState) => T): Promise<T> => {
    const { state, printed: before = printed(state) } = await load();
    // If anything fails, the file is as it was and the state may not be: it is read again.
    loaded = undefined;
    const result = change(state);
    const after = printed(state);
    // What changes nothing leaves a file alone that somebody formatted by hand.
    if (after !== before) await replaceFile(file, after);
    loaded = { version: await versionOf(path), state, printed: after };
    return result;
  };

  return {
    read: (look) =>
      inTurn(async () => {
        loaded = await load();
        return look(loaded.state);
      }),
    write: (change) => inTurn(() => locked(path, (file) => changed(file, change))),
  };
}

function printed(state: ClusterState): string {
  return printRecording(recordingOf(state));
}
