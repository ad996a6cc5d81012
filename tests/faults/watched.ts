import { wire } from '@comanda/kernel/wire';
import { vi } from 'vitest';
import { startWork } from './busy.ts';
import type { Fleet } from './fleet.ts';
import type { Premises } from './premises.ts';
import type { Exit } from './server.ts';
import { type Viewer, type Watcher, watch } from './watchers.ts';

const HANG_LIMIT_MS = 60_000;
const ROLES = ['manager', 'waiter', 'chef', 'employee', 'head_chef'] as const;

export interface Plan {
  watchers: number;
  changes: number;
  perSecond: number;
  /** One server after the other is ended so, evenly over all the changes. */
  ends: readonly NodeJS.Signals[];
}

interface Watched {
  /** What every one of them was to hear. */
  events: number;
  /** Who did not hear exactly that, and how it differs. */
  unlike: unknown[];
  /** Connections that were not asked to go on behind the last event that was heard. */
  astray: unknown[];
  connections: number;
  exits: Exit[];
}

/** So many people watch while orders are placed and moved, lines are cut and servers end. */
export async function watchedThrough(fleet: Fleet, plan: Plan): Promise<Watched> {
  await using crowd = await gather(fleet, plan.watchers);
  const { watchers } = crowd;
  const itemId = await fleet.premises.furnish((given) => given.item());
  const work = await startWork(fleet, { ...plan, itemId });
  const exits: Exit[] = [];
  for (const { line } of watchers) line.roughen();
  for (const [nth, signal] of plan.ends.entries()) {
    await work.reached(Math.ceil((plan.changes * (nth + 1)) / (plan.ends.length + 1)));
    exits.push(await fleet.replace(nth % fleet.size, signal));
  }
  await work.finished;
  for (const { line } of watchers) line.calm();
  const told = await toldIn(fleet.premises);
  // Whoever has not heard it by then is told of below.
  await heardBy(watchers, told.at(-1)?.id).catch(() => undefined);
  const connections = watchers.flatMap((one) => one.connections);
  return {
    events: told.length,
    unlike: watchers.flatMap((one) => differing(one, told)),
    astray: connections.filter(({ shown, heard }) => shown !== heard),
    connections: connections.length,
    exits,
  };
}

/** Resolves when all have heard this event, and none behind it. */
export function heardBy(watchers: readonly Viewer[], id: string | undefined): Promise<unknown> {
  const timeout = HANG_LIMIT_MS;
  return vi.waitUntil(() => watchers.every(({ lastId }) => lastId === id), { timeout });
}

/** People of several roles, who have all begun to watch. */
export async function gather(fleet: Fleet, count: number) {
  const rounds = Array.from({ length: Math.ceil(count / ROLES.length) }, () => ROLES);
  const people = await fleet.premises.hire(rounds.flat().slice(0, count));
  const watchers: Watcher[] = [];
  // One after the other: they would wait for the hash of their passwords anyway.
  for (const [nth, person] of people.entries()) watchers.push(await watch(fleet, { person, nth }));
  await vi.waitUntil(() => watchers.every(({ lastId }) => lastId), { timeout: HANG_LIMIT_MS });
  return {
    watchers,
    [Symbol.asyncDispose]: async () => {
      await Promise.all(watchers.map((one) => one[Symbol.asyncDispose]()));
    },
  };
}

interface Told {
  id: string;
  seq: number;
  /** As a watcher writes it down. */
  line: string;
}

/** What the outbox has, by itself. */
export function toldIn({ look }: Premises): Promise<Told[]> {
  return look(async (ask) => {
    const [head] = await ask('select epoch from stream_head');
    const rows = await ask('select seq, data from outbox_event order by seq');
    return rows.map(({ seq, data }) => {
      const sent: unknown = typeof data === 'string' ? JSON.parse(data) : data;
      const { order } = wire.output.deserialize<{ order: { id: string } }>(sent as never);
      const id = `${String(head?.['epoch'])}-${Number(seq)}`;
      return { id, seq: Number(seq), line: `${id} ${order.id}` };
    });
  });
}

/** Nothing where a watcher has heard all that was told since they came, once and in order. */
export function differing({ heard: [first = '', ...heard] }: Viewer, told: Told[]): unknown[] {
  const [, start] = /-(\d+) ready$/.exec(first) ?? [];
  const wanted = told.filter(({ seq }) => seq > Number(start)).map(({ line }) => line);
  if (heard.length === wanted.length && heard.every((line, at) => line === wanted[at])) return [];
  const lost = wanted.filter((line) => !heard.includes(line));
  const at = heard.findIndex((line, at) => line !== wanted[at]);
  return [{ first, lost: lost.length, wanted: wanted[at], heard: heard[at], of: heard.length }];
}
