import type { Client, ScheduleShift, ShiftEvent, StreamOptions } from '@comanda/client';
import type { Person } from '@comanda/testing/given';
import type { TestApp } from '@comanda/testing';
import { joined } from '../auth/joining.ts';

/** In the month of the tests' clock, such as `02T09:00`. */
export const at = (text: string): Date => new Date(`2026-06-${text}Z`);

export const span = (from: string, to: string) => ({ startsAt: at(from), endsAt: at(to) });

/** 003's own example, of the day after the tests' clock. */
export const NINE_TO_FIVE = span('02T09:00', '02T17:00');

/** A manager plans a shift for the waiter: from nine to five, unless it is said. */
export function planned({ as, home }: TestApp, said: Partial<ScheduleShift> = {}) {
  const { schedule } = as('manager').shifts;
  return schedule.mutate({ personId: home.staff.waiter.id, ...NINE_TO_FIVE, ...said });
}

/** Another restaurant with a manager of its own; the waiter works there as well. */
export async function secondJob(app: TestApp) {
  const restaurantId = await app.given.restaurant();
  const manager = app.as(await app.given.person({ role: 'manager', restaurantId }));
  const waiter: Person = await joined(app, app.home.staff.waiter, { restaurantId, role: 'chef' });
  return { restaurantId, manager, waiter };
}

/** The stream of somebody's own shifts, read one event at a time. */
export class WatchedShifts implements AsyncDisposable {
  readonly #steps;
  /** Of the event that was read last. */
  lastId: string | undefined;

  constructor({ shifts }: Client, options: StreamOptions & { restaurantId?: string } = {}) {
    const { restaurantId, ...how } = options;
    this.#steps = shifts.watch.subscribe({ ...(restaurantId && { restaurantId }) }, how);
  }

  async next(): Promise<ShiftEvent> {
    const { value } = await this.#steps.next();
    if (value?.type !== 'event') throw new Error(`no event: ${JSON.stringify(value)}`);
    this.lastId = value.id;
    return value.data;
  }

  async take(count: number): Promise<ShiftEvent[]> {
    const heard: ShiftEvent[] = [];
    while (heard.length < count) heard.push(await this.next());
    return heard;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#steps.return?.();
  }
}

/** Watches from now on: what happens from here is heard. */
export async function watchedFrom(client: Client): Promise<WatchedShifts> {
  const watched = new WatchedShifts(client);
  const { kind } = await watched.next();
  if (kind !== 'ready') throw new Error(`begins with ${kind}`);
  return watched;
}
