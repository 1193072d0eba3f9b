/** Everything outside the process that a command may touch, so that a test can stand in for it. */
export interface Terminal {
  /** Pure output: plans, JSON. */
  stdout(text: string): void;
  /** Progress and diagnostics. */
  stderr(text: string): void;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Columns of stdout; 80 where it is no terminal. */
  readonly width: number;
  readonly stdoutIsTerminal: boolean;
  readonly stderrIsTerminal: boolean;
  /** Asks on the terminal; undefined where there is nobody to ask. */
  readonly ask: ((question: string) => Promise<string>) | undefined;
  /**
   * From now on Ctrl-C and SIGTERM don't end the process, but abort this signal. Until then they end it at
   * once, with 130: nothing has been written.
   */
  beginWriting(): AbortSignal;
  /** Milliseconds that only grow. */
  clock(): number;
}

/** Whether stdout gets colour: https://no-color.org, then `FORCE_COLOR`, then whether somebody looks. */
export function wantsColor({ environment, stdoutIsTerminal }: Terminal, noColor: boolean): boolean {
  if (noColor || (environment.NO_COLOR ?? "") !== "") return false;
  if ((environment.FORCE_COLOR ?? "") !== "") return environment.FORCE_COLOR !== "0";
  return stdoutIsTerminal && environment.TERM !== "dumb";
}
