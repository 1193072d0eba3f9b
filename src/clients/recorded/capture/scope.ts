import type { Address } from "../../../core/model.ts";

/** What of a cluster is recorded. */
export interface CaptureScope {
  /** Declared or claimed: recorded with everything that kpipe reads of it. */
  within(address: Address): boolean;
  /** Whether the file calls the value of a connector's key a secret, whatever its plugin says; absent: of none. */
  isSecret?(address: Address, key: string): boolean;
  /**
   * Points in time (ms since the epoch) for which the first offsets are recorded. Plans that shorten a
   * retention tell by them what is lost.
   */
  readonly times: readonly number[];
}
