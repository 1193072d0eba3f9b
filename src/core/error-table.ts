interface ErrorEntry {
  /** What the screen says beside the code: two to five words. */
  readonly title: string;
  /** What the user does next; a diagnostic that knows better says its own. */
  readonly next: string;
}

/**
 * Every code that kpipe can print. A code is never given a new meaning. The first digit says the stage:
 * 1 the file, 2 the plan, 3 the servers, 4 the apply, 5 the guards, 6 recordings and saved plans.
 */
export const errorTable = {
  KP1001: { title: "not valid YAML", next: "Mend the syntax at this place." },
  KP1002: { title: "file not readable", next: "Check the path and that it is a UTF-8 text file." },

  KP2001: {
    title: "change not possible",
    next: "Declare what the cluster has, or a new resource beside it.",
  },
  KP2002: {
    title: "circular dependency",
    next: "Break the circle: one of them must not read what another one writes.",
  },
  KP2003: {
    title: "fewer partitions",
    next: "Declare as many as it has, or declare a new topic and move the data.",
  },

  KP3001: { title: "server not reachable", next: "Check the address, and that the server is up." },

  KP4001: {
    title: "change not made",
    next: "Run `kpipe apply` again; if it happens again, report it with the plan as a bug of kpipe.",
  },
} as const satisfies Readonly<Record<string, ErrorEntry>>;

export type ErrorCode = keyof typeof errorTable;
