import { setInterval as every } from 'node:timers/promises';
import { type Client, createClient, type Fault } from '@comanda/client';
import { newId } from '@comanda/kernel/id';
import { PASSWORD, type Person } from '@comanda/testing/given';
import type { Fleet } from './fleet.ts';
import { lineTo } from './line.ts';

const HANG_LIMIT_MS = 60_000;
const HANDS = 4;

/** Four managers at work, who take orders and move them on. */
export interface Work {
  /** Resolves when so many changes were answered. */
  reached(changes: number): Promise<void>;
  readonly finished: Promise<void>;
}

interface Pace {
  itemId: string;
  changes: number;
  perSecond: number;
}

export async function startWork(fleet: Fleet, pace: Pace): Promise<Work> {
  const { itemId, changes, perSecond } = pace;
  const people = await fleet.premises.hire(Array.from({ length: HANDS }, () => 'manager' as const));
  const hands = [];
  for (const [nth, person] of people.entries()) hands.push(await handOf(fleet, { person, nth }));
  const milestones = Array.from({ length: changes }, () => Promise.withResolvers<void>());
  let done = 0;
  const works = hands.map(async ({ client, line }) => {
    await using _ = line;
    const work = changesBy(client, itemId);
    for await (const _ of every((HANDS * 1_000) / perSecond)) {
      if (done >= changes) return;
      await work.next();
      milestones[done]?.resolve();
      done += 1;
    }
  });
  const finished = Promise.all(works).then(() => undefined);
  return {
    reached: (changes) => Promise.race([milestones[changes - 1]?.promise, finished]),
    finished,
  };
}

async function handOf(fleet: Fleet, { person, nth }: { person: Person; nth: number }) {
  const line = await lineTo(() => fleet.port(nth % fleet.size));
  const retry = { attempts: 1_000, baseMs: 5 };
  const client = createClient({ url: line.url, deadlineMs: HANG_LIMIT_MS, retry });
  await client.auth.login.mutate({ identifier: person.username, password: PASSWORD });
  return { client, line };
}

/** One change for every time it is asked for. An order that nobody knows the state of is left alone. */
async function* changesBy({ orders }: Client, itemId: string): AsyncGenerator<void, never> {
  for (;;) {
    const lines = [{ itemId }];
    let order = await orders.take.mutate({ idempotencyKey: newId(), lines }).catch(unlessLost);
    if (order) yield;
    for (const to of ['confirmed', 'preparing', 'cancelled'] as const) {
      if (!order) break;
      const named = { orderId: order.id, expectedVersion: order.version };
      const call =
        to === 'cancelled'
          ? orders.cancel.mutate({ ...named, idempotencyKey: newId(), reason: 'No appetite.' })
          : orders.advance.mutate({ ...named, to });
      order = await call.catch(unlessLost);
      if (order) yield;
    }
  }
}

/** The line was lost, or it will be better in a moment. */
function unlessLost(error: unknown): undefined {
  const { reason, details } = error as Fault;
  const lost = reason === 'FAULT' && details.because === 'unreachable';
  if (!lost && !['DB_BUSY', 'OUTCOME_UNKNOWN'].includes(reason)) throw error;
}
