import type { Change } from "../core/model.ts";
import type { Ended, Report, RunEvent } from "../core/run.ts";
import { eventLine, reportLine } from "../render/json/apply.ts";
import { renderReport } from "../render/report.ts";
import { follow, nothingRunning, statusLine } from "../render/status.ts";
import { renderEnded, stepsOf } from "../render/steps.ts";
import type { Session } from "./session.ts";

/** A terminal that is rewritten more often than this only flickers. */
const FRAME_MS = 100;

/** Tells what happens while a plan is applied, and how it ended. */
export interface Reporter {
  hear(event: RunEvent): void;
  end(interrupted: boolean): Report;
}

/** A line a step; on a terminal, what the running steps wait for as well, on a line that is rewritten. */
export function reporterOf(session: Session, changes: readonly Change[]): Reporter {
  const { terminal, style, status, json } = session;
  const begun = terminal.clock();
  const seconds = () => (terminal.clock() - begun) / 1000;
  const steps = stepsOf(changes, style);
  const ended: Ended[] = [];
  const running = nothingRunning();
  let shownAt = 0;
  const show = () => {
    shownAt = terminal.clock();
    status.show(statusLine(running, changes.length, seconds(), style));
  };
  const ticking = terminal.stderrIsTerminal && !json ? setInterval(show, 1000) : undefined;

  if (!json) terminal.stdout("\n");
  return {
    hear(event) {
      const isEnd = event.type !== "started" && event.type !== "progress";
      if (isEnd) ended.push(event);
      if (json) {
        terminal.stdout(eventLine(event));
        return;
      }
      if (ticking) follow(running, event, seconds());
      if (isEnd) {
        status.clear();
        terminal.stdout(renderEnded(event, steps, style));
      }
      if (ticking && terminal.clock() - shownAt >= FRAME_MS) show();
    },
    end(interrupted) {
      clearInterval(ticking);
      status.clear();
      const report: Report = { total: changes.length, ended, interrupted, seconds: seconds() };
      terminal.stdout(json ? reportLine(report) : `\n${renderReport(report, style)}`);
      return report;
    },
  };
}
