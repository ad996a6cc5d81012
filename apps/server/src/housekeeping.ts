import type { House } from '@comanda/domains/context';
import { clearPictures } from '@comanda/domains/files/files.clearing.actions';
import { eraseLate } from '@comanda/domains/profile/profile.erasing.actions';
import { settleReservations } from '@comanda/domains/reservations/reservations.settling.actions';
import { closeForgotten } from '@comanda/domains/timecards/timecards.leaving.actions';
import { after, DAY, MINUTE } from '@comanda/kernel/time';
import { forgetAnswers } from '@comanda/storage/keyed';
import { trim } from '@comanda/storage/trimming';
import type { FastifyBaseLogger } from 'fastify';

const EVERY_MS = 10 * MINUTE;
const EVENTS = { keptMs: DAY, keep: 100_000 };
const ANSWERS_KEPT_MS = 3 * DAY;

/** Takes out what nobody asks for any more, and ends what nobody has ended. */
export async function tidyUp(house: House): Promise<void> {
  const { database, clock } = house;
  const now = clock.now();
  await trim(database, { before: after(now, -EVENTS.keptMs), keep: EVENTS.keep });
  await forgetAnswers(database, after(now, -ANSWERS_KEPT_MS));
  await closeForgotten(house);
  await settleReservations(house);
  await clearPictures(house);
  await eraseLate(house);
}

/** Tidies up from time to time. What could not be done is done the next time. */
export function keepTidy(house: House, log: Pick<FastifyBaseLogger, 'warn'>) {
  let running = Promise.resolve();
  const timer = setInterval(() => {
    running = running
      .then(() => tidyUp(house))
      .catch((error: unknown) =>
        log.warn({ err: error }, 'the house could not be tidied up; it is tried again'),
      );
  }, EVERY_MS).unref();
  return {
    /** Waits for what has begun. */
    stop: (): Promise<void> => {
      clearInterval(timer);
      return running;
    },
  };
}
