import { firstLink } from "./bootstrap.ts";
import type { Deadline } from "./deadline.ts";
import { addressOf, type Endpoint, type Link, type LinkSettings, openLink } from "./link.ts";

/** The connections of one session, one to each address. */
export interface Links {
  /** The connection to a place, opened if none stands. */
  to(endpoint: Endpoint, deadline: Deadline): Promise<Link>;
  /** A connection to whichever of the places answers first. */
  first(endpoints: readonly Endpoint[], deadline: Deadline): Promise<Link>;
  close(): void;
}

interface Entry {
  readonly opening: Promise<Link>;
  link: Link | undefined;
}

/** Opens nothing yet. After `signal` aborts nothing more is opened. */
export function openLinks(settings: LinkSettings, signal: AbortSignal): Links {
  const entries = new Map<string, Entry>();

  const keep = (address: string, opening: Promise<Link>): Entry => {
    const entry: Entry = { opening, link: undefined };
    entries.set(address, entry);
    opening.then(
      (link) => {
        entry.link = link;
      },
      () => entries.get(address) === entry && entries.delete(address),
    );
    return entry;
  };

  const standing = (address: string): Promise<Link> | undefined => {
    const entry = entries.get(address);
    return entry && (entry.link?.alive() ?? true) ? entry.opening : undefined;
  };

  return {
    to: (endpoint, deadline) =>
      standing(addressOf(endpoint)) ??
      keep(addressOf(endpoint), openLink(endpoint, settings, deadline, signal)).opening,
    first: async (endpoints, deadline) => {
      for (const { link } of entries.values()) if (link?.alive()) return link;
      const open = (endpoint: Endpoint, until: Deadline, stop: AbortSignal) =>
        openLink(endpoint, settings, until, stop);
      const link = await firstLink(endpoints, open, deadline, signal);
      keep(link.address, Promise.resolve(link));
      return link;
    },
    close: () => {
      for (const { link } of entries.values()) link?.close();
    },
  };
}
