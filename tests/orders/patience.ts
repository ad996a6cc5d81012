import { setTimeout as wait } from 'node:timers/promises';
import type { TestApp } from '@comanda/testing';
import { openApp } from '../app.ts';

const TRIES = 50;

/** How busy the machine is, is not the point of what many do at once. */
export function openPatiently(): Promise<TestApp> {
  return openApp({ settings: { deadlineMs: 60_000 } });
}

const UNDERWAY = ['IDEMPOTENCY_IN_PROGRESS'];
/** Of two servers, each with its own connections, so many wait for a row that some give up. */
export const OF_SEVERAL_SERVERS = [...UNDERWAY, 'DB_BUSY', 'OVERLOADED'];

/** What a client with a key does: it asks again as long as the first call is being worked on. */
export async function untilAnswered<Answer>(
  call: () => Promise<Answer>,
  later: readonly string[] = UNDERWAY,
): Promise<Answer> {
  for (let tries = 1; ; tries++) {
    try {
      return await call();
    } catch (error) {
      const { data } = error as Error & { data?: { reason: string } };
      if (tries === TRIES || !later.includes(data?.reason ?? '')) throw error;
      await wait(50 * Math.random());
    }
  }
}
