import type { House } from '@comanda/domains/context';
import { after, DAY, MINUTE } from '@comanda/kernel/time';
import { forgetAnswers } from '@comanda/storage/keyed';
import { trim } from '@comanda/storage/trimming';
import type { FastifyBaseLogger } from 'fastify';

const EVERY_MS = 10 * MINUTE;
const EVENTS = { keptMs: DAY, keep: 100_000 };
const ANSWERS_KEPT_MS = 3 * DAY;

/** Takes out what nobody asks for any more. */
export async function tidyUp({ database, clock }: House): Promise<void> {
  const now = clock.now();
  await trim(database, { before: after(now, -EVENTS.keptMs), keep: EVENTS.keep });
  await forgetAnswers(database, after(now, -ANSWERS_KEPT_MS));
}

/** Tidies up from time to time. What could not be done is done the next time. */
export function keepTidy(house: House, log: Pick<FastifyBaseLogger, 'warn'>) {
  let running = Promise.resolve();
  const timer = setInterval(() => {
    running = running
      .then(() => tidyUp(house))
      .catch((error: unknown) => log.warn({ err: error }, 'old events and answers stay for now'));
  }, EVERY_MS).unref();
  return {
    /** Waits for what has begun. */
    stop: (): Promise<void> => {
      clearInterval(timer);
      return running;
    },
  };
}
