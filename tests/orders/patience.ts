import { setTimeout as wait } from 'node:timers/promises';
import type { TestApp } from '@comanda/testing';
import { openApp } from '../app.ts';

const TRIES = 50;

/** How busy the machine is, is not the point of what many do at once. */
export function openPatiently(): Promise<TestApp> {
  return openApp({ settings: { deadlineMs: 60_000 } });
}

/** What a client with a key does: it asks again as long as the first call is being worked on. */
export async function untilAnswered<Answer>(call: () => Promise<Answer>): Promise<Answer> {
  for (let tries = 1; ; tries++) {
    try {
      return await call();
    } catch (error) {
      const { data } = error as Error & { data?: { reason: string } };
      if (tries === TRIES || data?.reason !== 'IDEMPOTENCY_IN_PROGRESS') throw error;
      await wait(50 * Math.random());
    }
  }
}
