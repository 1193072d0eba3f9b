import type { Broker } from "../../kafka.ts";
import { backoff, type Deadline } from "./deadline.ts";
import type { Session } from "./session.ts";
import { KafkaTrouble, mayPass } from "./trouble.ts";

/**
 * Asks every broker of the cluster, one that can't be reached again until the time is up. One that the cluster
 * gives up meanwhile is left out: what it had is elsewhere or can't be told.
 */
export async function everyBroker<Answer>(
  session: Session,
  deadline: Deadline,
  ask: (broker: Broker) => Promise<Answer>,
): Promise<readonly Answer[]> {
  const { brokers } = await session.persist(deadline, () => session.refresh(deadline));
  const answers = await Promise.all(
    brokers.map(async (broker) => {
      const pause = backoff(deadline, session.signal);
      for (;;) {
        try {
          return [await ask(broker)];
        } catch (error) {
          if (!(error instanceof KafkaTrouble && mayPass(error.trouble)) || !(await pause())) throw error;
        }
        const now = await session.persist(deadline, () => session.refresh(deadline));
        if (!now.brokers.some(({ id }) => id === broker.id)) return [];
      }
    }),
  );
  return answers.flat();
}
