import { isDeepStrictEqual } from 'node:util';
import type { Clocked, TimecardView } from '@comanda/client';
import { newId } from '@comanda/kernel/id';
import { HOUR } from '@comanda/kernel/time';
import { parallel } from '../auth/callers.ts';
import { Door, type Kill, lifeFor } from './crashes.ts';
import { served } from './placing.ts';
import { type Ask, type Kind, openPremises, type Premises } from './premises.ts';
import { type Shopper, signedIn } from './shoppers.ts';

const WORKERS = 6;

type Verb = 'clockIn' | 'clockOut' | 'toggleIn' | 'toggleOut' | 'startBreak' | 'endBreak';
type Card = Pick<TimecardView, 'id' | 'inAt' | 'outAt' | 'breaks'>;

/** What a worker did, and the card that they were told of. */
interface Done {
  verb: Verb;
  key: string;
  answer: Clocked | TimecardView;
}

interface Worker extends Shopper {
  readonly done: Done[];
}

interface Survived {
  calls: number;
  /** Cards that are not as their people were told, or that nobody was told of. */
  unlike: unknown[];
  /** Keyed answers, and entries in the audit log, that are not one for each call. */
  uneven: unknown[];
  /** Keys that were answered otherwise, or refused, when they were shown again in the end. */
  answeredAnew: unknown[];
}

/** What is told of a house in which nothing went wrong. */
export const EVEN = { unlike: [], uneven: [], answeredAnew: [] };

/**
 * Six people clock in and out and take breaks, come what may, while one server after the other is
 * killed, on MariaDB two at a time. Each knows what is next, so that any refusal is a fault.
 */
export async function clockedThrough(kills: readonly Kill[], kind: Kind): Promise<Survived> {
  await using premises = await openPremises(kind);
  const door = new Door();
  const until = new AbortController();
  const working = goToWork(premises, door, until.signal);
  const serve = async () => {
    await served(kills, premises, door);
    until.abort();
    return lifeFor(premises, door, async () => {
      const workers = await working;
      const again = await Promise.all(workers.map(answeredAnew));
      return { workers, answeredAnew: again.flat() };
    });
  };
  const serving = serve();
  try {
    const [{ workers, answeredAnew }] = await Promise.all([serving, working]);
    const calls = workers.flatMap(({ done }) => done).length;
    const kept = await premises.look(async (ask) => ({
      unlike: await unlike(ask, workers),
      uneven: await uneven(ask, workers),
    }));
    return { calls, answeredAnew, ...kept };
  } finally {
    await door.close();
    await Promise.allSettled([serving]);
  }
}

/** None begins before all are there. */
async function goToWork(
  premises: Premises,
  door: Door,
  until: AbortSignal,
): Promise<readonly Worker[]> {
  const people = await premises.hire(Array.from({ length: WORKERS }, () => 'waiter' as const));
  const startsAt = new Date(Date.now() - HOUR);
  await premises.furnish((given) =>
    parallel(WORKERS, async (at) => {
      const personId = people[at]?.id ?? '';
      return given.shift({ personId, startsAt });
    }),
  );
  // One by one: a hash is slow by design, and no part of this.
  const shoppers: Shopper[] = [];
  for (const person of people) shoppers.push(await signedIn(door, person));
  const workers = shoppers.map((shopper): Worker => ({ ...shopper, done: [] }));
  await Promise.all(
    workers.map(async (worker) => {
      while (!until.aborted) worker.done.push(await next(worker));
    }),
  );
  return workers;
}

/** Now and then without the patience for an answer; then with the same key until there is one. */
async function next({ hasty, patient, done }: Worker): Promise<Done> {
  const verbs = followers(done.at(-1)?.verb);
  const verb = verbs[Math.floor(Math.random() * verbs.length)] ?? 'toggleOut';
  const key = newId();
  const isHasty = Math.random() < 0.3;
  const first = isHasty ? await said(hasty, verb, key).catch(() => undefined) : undefined;
  return { verb, key, answer: first ?? (await said(patient, verb, key)) };
}

function followers(last: Verb | undefined): readonly Verb[] {
  if (last === undefined || last === 'clockOut' || last === 'toggleOut') {
    return ['clockIn', 'toggleIn'];
  }
  return ['clockOut', 'toggleOut', last === 'startBreak' ? 'endBreak' : 'startBreak'];
}

function said({ shifts }: Shopper['patient'], verb: Verb, idempotencyKey: string) {
  const calls: Record<Verb, () => Promise<Clocked | TimecardView>> = {
    clockIn: () => shifts.clockIn.mutate({ idempotencyKey }),
    clockOut: () => shifts.clockOut.mutate({ idempotencyKey }),
    toggleIn: () => shifts.clockToggle.mutate({ idempotencyKey, expectedOnShift: false }),
    toggleOut: () => shifts.clockToggle.mutate({ idempotencyKey, expectedOnShift: true }),
    startBreak: () => shifts.startBreak.mutate({ idempotencyKey }),
    endBreak: () => shifts.endBreak.mutate({ idempotencyKey }),
  };
  return calls[verb]();
}

/** A12: the same key gets the same answer, however many servers have died since. */
async function answeredAnew({ patient, done }: Worker): Promise<unknown[]> {
  const anew: unknown[] = [];
  for (const { verb, key, answer } of done) {
    const again = await said(patient, verb, key).catch((error: unknown) => error);
    if (!isDeepStrictEqual(again, answer)) anew.push({ verb, answer, again });
  }
  return anew;
}

function cardOf({ answer }: Done): Card {
  const { id, inAt, outAt, breaks } = 'card' in answer ? answer.card : answer;
  return { id, inAt, outAt, breaks };
}

/** The last that was told of each card is what is kept of it, and what is kept was told. */
async function unlike(ask: Ask, workers: readonly Worker[]): Promise<unknown[]> {
  const rows = await ask('select id, person_id, out_at, open_for, breaks, version from timecard');
  const told = workers.flatMap(({ id, done }) => {
    const last = new Map(done.map((one) => [cardOf(one).id, cardOf(one)]));
    return [...last.values()].map((card) => ({
      id: card.id,
      person: id,
      open: card.outAt === null ? id : null,
      breaks: card.breaks.map(({ endedAt, cut }) => [endedAt?.getTime() ?? null, cut]),
      calls: done.filter((one) => cardOf(one).id === card.id).length,
    }));
  });
  const kept = rows.map((row) => ({
    id: row['id'],
    person: row['person_id'],
    open: row['open_for'],
    breaks: breaksIn(row['breaks']).map(({ endedAt, cut }) => [endedAt, cut]),
    calls: row['version'],
  }));
  const isIn = (those: readonly unknown[]) => (one: unknown) =>
    those.some((other) => isDeepStrictEqual(one, other));
  return [
    ...told.filter((card) => !isIn(kept)(card)).map((card) => ({ told: card })),
    ...kept.filter((card) => !isIn(told)(card)).map((card) => ({ kept: card })),
  ];
}

function breaksIn(stored: unknown): { endedAt: number | null; cut: boolean }[] {
  return (typeof stored === 'string' ? JSON.parse(stored) : stored) as ReturnType<typeof breaksIn>;
}

async function uneven(ask: Ask, workers: readonly Worker[]): Promise<unknown[]> {
  const calls = workers.flatMap(({ done }) => done).length;
  const [answers] = await ask(
    "select count(*) as times from keyed_answer where `procedure` like 'shifts.%' and answer <> '{}'",
  );
  const [claims] = await ask('select count(*) as times from keyed_answer');
  const [audited] = await ask(
    "select count(*) as times from audit_entry where action like 'shifts.%' and target = 'Timecard'",
  );
  const counted = { answers, claims, audited };
  return Object.entries(counted).filter(([, row]) => Number(row?.['times']) !== calls);
}
