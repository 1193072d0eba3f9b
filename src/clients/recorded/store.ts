import type { Recording } from "./document.ts";
import { stateOf } from "./section.ts";
import type { ClusterState } from "./state.ts";

/** Where the state of a recorded cluster lives. What `look` and `change` are given must not be kept. */
export interface Store {
  read<T>(look: (state: ClusterState) => T): Promise<T>;
  /** Changes the state as one step that is kept as a whole or not at all. */
  write<T>(change: (state: ClusterState) => T): Promise<T>;
}

/** A copy of the recording that lives as long as the process. */
export function memoryStore(recording: Recording): Store {
  const state = stateOf(recording);
  return {
    read: async (look) => look(state),
    write: async (change) => change(state),
  };
}
