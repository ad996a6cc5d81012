import type { Client } from '@comanda/client';
import { after, MINUTE } from '@comanda/kernel/time';
import type { TestApp } from '@comanda/testing';
import fc from 'fast-check';
import { outcomeOf } from '../auth/callers.ts';
import { at, secondJob } from './planning.ts';

type Quarters = [from: number, length: number];

/** One thing that somebody who plans does, in quarters of an hour. */
export type Step =
  | { do: 'schedule'; where: number; when: Quarters; publish: boolean }
  | { do: 'move'; which: number; when: Quarters }
  | { do: 'cancel'; which: number };

const when = fc.tuple(fc.nat({ max: 90 }), fc.integer({ min: 1, max: 24 }));
const which = fc.nat();
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('schedule' as const),
      where: fc.nat({ max: 1 }),
      when,
      publish: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('move' as const), which, when }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cancel' as const), which }) },
);
export const STEPS = fc.array(step, { minLength: 12, maxLength: 24 });

const START = at('02T00:00');
const spanOf = ([from, length]: Quarters) => ({
  startsAt: after(START, from * 15 * MINUTE),
  endsAt: after(START, (from + length) * 15 * MINUTE),
});
const quartersOf = ([from, length]: Quarters) => Array.from({ length }, (_, nth) => from + nth);

interface Shift {
  id: string;
  where: number;
  quarters: number[];
}

/** What every step came to, beside what somebody with squared paper expects. */
export interface Walk {
  told: string[];
  expected: string[];
  /** How often each quarter of an hour is planned, over all restaurants. */
  planned: number[];
  onPaper: number[];
}

/** Plans for one person in two restaurants at random, and on paper as well. */
export class Walking {
  readonly #planners: Client[];
  readonly #personId: string;
  #shifts: Shift[] = [];
  readonly #walk: Pick<Walk, 'told' | 'expected'> = { told: [], expected: [] };

  private constructor(planners: Client[], personId: string) {
    this.#planners = planners;
    this.#personId = personId;
  }

  static async begin(app: TestApp): Promise<Walking> {
    const { manager } = await secondJob(app);
    return new Walking([app.as('manager'), manager], app.home.staff.waiter.id);
  }

  /** All of them, from an empty plan to an empty plan. */
  async walk(steps: readonly Step[]): Promise<Walk> {
    Object.assign(this.#walk, { told: [], expected: [] });
    for (const step of steps) await this.#do(step);
    const onPaper = this.#shifts.flatMap(({ quarters }) => quarters);
    const planned = await this.#quartersPlanned();
    for (const { id, where } of this.#shifts) await this.#at(where).cancel.mutate({ shiftId: id });
    this.#shifts = [];
    return { ...this.#walk, planned, onPaper: onPaper.toSorted((one, other) => one - other) };
  }

  #at(where: number) {
    const planner = this.#planners[where];
    if (!planner) throw new Error(`nobody plans at ${where}`);
    return planner.shifts;
  }

  async #do(step: Step): Promise<void> {
    if (step.do === 'schedule') return this.#schedule(step);
    const shift = this.#shifts[step.which % Math.max(1, this.#shifts.length)];
    if (!shift) return;
    const { id: shiftId, where } = shift;
    if (step.do === 'cancel') {
      this.#shifts = this.#shifts.filter((other) => other !== shift);
      return this.#told(this.#at(where).cancel.mutate({ shiftId }), true);
    }
    const quarters = quartersOf(step.when);
    const fits = this.#isFree(quarters, shift);
    if (fits) shift.quarters = quarters;
    await this.#told(this.#at(where).update.mutate({ shiftId, ...spanOf(step.when) }), fits);
  }

  async #schedule({ where, when, publish }: Extract<Step, { do: 'schedule' }>): Promise<void> {
    const quarters = quartersOf(when);
    const fits = this.#isFree(quarters);
    const said = { personId: this.#personId, ...spanOf(when), publish };
    const call = this.#at(where).schedule.mutate(said);
    await this.#told(call, fits);
    if (fits) this.#shifts.push({ id: (await call).id, where, quarters });
  }

  #isFree(quarters: number[], but?: Shift): boolean {
    const taken = new Set(this.#shifts.flatMap((one) => (one === but ? [] : one.quarters)));
    return !quarters.some((quarter) => taken.has(quarter));
  }

  async #told(call: Promise<unknown>, fits: boolean): Promise<void> {
    this.#walk.told.push(await outcomeOf(call));
    this.#walk.expected.push(fits ? 'ok' : 'SHIFT_OVERLAP');
  }

  async #quartersPlanned(): Promise<number[]> {
    const pages = await Promise.all(
      this.#planners.flatMap(({ shifts }) =>
        (['draft', 'published'] as const).map((state) => shifts.list.query({ limit: 100, state })),
      ),
    );
    const live = pages.flatMap(({ items }) => items);
    const quarter = (moment: Date) => (moment.getTime() - START.getTime()) / (15 * MINUTE);
    return live
      .flatMap(({ startsAt, endsAt }) => {
        const from = quarter(startsAt);
        return quartersOf([from, quarter(endsAt) - from]);
      })
      .toSorted((one, other) => one - other);
  }
}
