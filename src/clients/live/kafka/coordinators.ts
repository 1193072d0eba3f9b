import { backoff, type Deadline } from "./deadline.ts";
import { passes } from "./error-codes.ts";
import { grouped } from "./grouped.ts";
import { findCoordinators } from "./protocol/groups.ts";
import type { NamedAnswer } from "./protocol/request.ts";
import type { Send, Session } from "./session.ts";

export interface GroupAnswers<Answer> {
  readonly answered: ReadonlyMap<string, Answer>;
  readonly refused: readonly NamedAnswer[];
}

/**
 * Asks about groups at their coordinators: one request a coordinator for all of its groups, and again for those
 * whose coordinator moved or is loading. `onLost`: the answer to a request may be lost, and it is sent again.
 */
export async function askCoordinators<Answer extends NamedAnswer>(
  session: Session,
  groups: readonly string[],
  deadline: Deadline,
  ask: (coordinator: Send, groups: readonly string[]) => Promise<readonly Answer[]>,
  onLost?: () => void,
): Promise<GroupAnswers<Answer>> {
  const answered = new Map<string, Answer>();
  const refused = new Map<string, NamedAnswer>();
  const pause = backoff(deadline, session.signal);

  async function askOnce(names: readonly string[]): Promise<void> {
    const found = await session.any(findCoordinators, names, deadline);
    for (const lookup of found) if (lookup.code !== 0) refused.set(lookup.name, lookup);
    const brokers = grouped(
      found.filter(({ code }) => code === 0),
      ({ broker }) => broker,
    );
    const answers = await Promise.all(
      brokers.map(([id, held]) =>
        ask(
          session.broker(id),
          held.map(({ name }) => name),
        ),
      ),
    );
    for (const answer of answers.flat()) {
      if (answer.code === 0) answered.set(answer.name, answer);
      else refused.set(answer.name, answer);
    }
  }

  for (let open: readonly string[] = [...new Set(groups)]; open.length > 0; ) {
    for (const name of open) refused.delete(name);
    await session.persist(deadline, () => askOnce(open), onLost);
    open = open.filter((name) => passes(refused.get(name)?.code ?? 0));
    if (open.length > 0 && !(await pause())) break;
  }
  return { answered, refused: [...refused.values()] };
}
