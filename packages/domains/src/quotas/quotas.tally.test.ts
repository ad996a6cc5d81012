import { type Caller, CALLERS } from '@comanda/kernel/access';
import { HOUR } from '@comanda/kernel/time';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Tally } from './quotas.tally.ts';

const MAX_PEOPLE = 10_000;
const LEMON = '01900000-0000-7000-8000-00000000000a';
const ANN = '01900000-0000-7000-8000-00000000000b';

const ann = { role: 'waiter', accountId: ANN, restaurantId: LEMON } as const;
const visitor = { role: 'anonymous', accountId: null, restaurantId: null } as const;

/** A tally at a quarter past twelve, and the clock to turn. */
function openTally(at = new Date('2026-06-01T12:15:00.000Z')) {
  const clock = {
    now: () => new Date(at),
    advance: (ms: number) => void (at = new Date(at.getTime() + ms)),
  };
  return { tally: new Tally(clock), clock };
}

/** As many different people as there may be in one hour, each with one read. */
function full() {
  const { tally, clock } = openTally();
  for (let at = 0; at < MAX_PEOPLE; at++) {
    tally.count({ ...ann, accountId: `person-${at}` }, 'reads', 1);
  }
  return { tally, clock };
}

describe('what is counted', () => {
  test('is kept by person, role, restaurant and hour', () => {
    const { tally } = openTally();

    tally.count(ann, 'reads', 1);
    tally.count(ann, 'writes', 2);
    tally.count(ann, 'reads', 20);
    tally.count(visitor, 'refused', 1);

    const hour = new Date('2026-06-01T12:00:00.000Z');
    expect(tally.pending()).toEqual([
      {
        ...ann,
        slot: `2026-06-01T12|${LEMON}|${ANN}|waiter`,
        hour,
        reads: 21,
        writes: 2,
        refused: 0,
      },
      { ...visitor, slot: '2026-06-01T12|||anonymous', hour, reads: 0, writes: 0, refused: 1 },
    ]);
  });

  test.each([
    ['role', { role: 'chef' }],
    ['restaurant', { restaurantId: null }],
    ['person', { accountId: null }],
  ] as const)('with another %s it is another slot', (_, other) => {
    const { tally } = openTally();

    tally.count(ann, 'reads', 1);
    tally.count({ ...ann, ...other }, 'reads', 1);
    tally.count(ann, 'reads', 1);

    expect(tally.pending().map(({ reads }) => reads)).toEqual([2, 1]);
  });

  test('of the next hour is kept apart, to the millisecond', () => {
    const { tally, clock } = openTally(new Date('2026-06-01T23:59:59.999Z'));
    tally.count(ann, 'reads', 1);
    clock.advance(1);

    tally.count(ann, 'reads', 1);

    expect(tally.pending().map(({ hour }) => hour.toISOString())).toEqual([
      '2026-06-01T23:00:00.000Z',
      '2026-06-02T00:00:00.000Z',
    ]);
  });

  test('by a clock that was set back goes to the hour that the clock tells', () => {
    const { tally, clock } = openTally();
    tally.count(ann, 'reads', 1);
    clock.advance(HOUR);
    tally.count(ann, 'reads', 1);
    clock.advance(-HOUR);

    tally.count(ann, 'reads', 1);

    expect(tally.pending().map(({ reads }) => reads)).toEqual([2, 1]);
  });

  test('stays until it is settled, and what comes meanwhile stays then', () => {
    const { tally } = openTally();
    tally.count(ann, 'reads', 3);
    tally.count(visitor, 'reads', 1);
    const first = tally.pending();
    tally.count(ann, 'reads', 1);

    tally.settle(first);

    expect(tally.pending()).toMatchObject([{ ...ann, reads: 1 }]);
  });

  test('names fit into the column of slots', () => {
    const { tally } = openTally();

    for (const role of CALLERS) tally.count({ ...ann, role }, 'reads', 1);

    const longest = Math.max(...tally.pending().map(({ slot }) => slot.length));
    expect(longest).toBeLessThanOrEqual(120);
  });

  test('is lost nowhere, however calls, hours and settlings follow each other', () => {
    const who = fc.record({
      role: fc.constantFrom<Caller>('anonymous', 'customer', 'waiter', 'chef'),
      accountId: fc.constantFrom(null, 'ann', 'bob'),
      restaurantId: fc.constantFrom(null, 'lemon', 'lime'),
    });
    const kind = fc.constantFrom('reads' as const, 'writes' as const, 'refused' as const);
    const call = fc
      .tuple(who, kind, fc.nat(30))
      .map((counted) => (run: Run) => run.tally.count(...counted));
    const step = fc.oneof({ weight: 8, arbitrary: call }, fc.constantFrom(turnHour, write));

    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const run: Run = { ...openTally(), written: [] };

        for (const take of steps) take(run);

        const slots = [...run.written, ...run.tally.pending()];
        const sums = CALLERS.map((role) => sumOf(slots.filter((slot) => slot.role === role)));
        expect(sums).toEqual(run.tally.totals.map(({ role: _, ...counts }) => counts));
      }),
    );
  });
});

interface Run extends ReturnType<typeof openTally> {
  written: ReturnType<Tally['pending']>;
}

function turnHour({ clock }: Run): void {
  clock.advance(HOUR);
}

function write({ tally, written }: Run): void {
  const pending = tally.pending();
  tally.settle(pending);
  written.push(...pending);
}

function sumOf(slots: { reads: number; writes: number; refused: number }[]) {
  const sum = { reads: 0, writes: 0, refused: 0 };
  for (const { reads, writes, refused } of slots) {
    sum.reads += reads;
    sum.writes += writes;
    sum.refused += refused;
  }
  return sum;
}

describe('when more people come in an hour than are told apart', () => {
  test('who comes later is counted by role and restaurant alone', () => {
    const { tally } = full();

    tally.count({ ...ann, accountId: 'one-too-many' }, 'reads', 2);
    tally.count({ ...ann, accountId: 'another' }, 'reads', 3);

    const unnamed = tally.pending().slice(MAX_PEOPLE);
    expect(unnamed).toMatchObject([{ ...ann, accountId: null, reads: 5 }]);
    expect(sumOf(tally.pending()).reads).toBe(MAX_PEOPLE + 5);
    expect(tally.totals.find(({ role }) => role === 'waiter')?.reads).toBe(MAX_PEOPLE + 5);
  });

  test('who was there before is still counted by name, also in another role and after a flush', () => {
    const { tally } = full();
    tally.settle(tally.pending());

    tally.count({ ...ann, accountId: 'person-7' }, 'reads', 1);
    tally.count({ ...ann, accountId: 'person-7', role: 'chef' }, 'reads', 1);
    tally.count({ ...ann, accountId: 'one-too-many' }, 'reads', 1);

    const people = tally.pending().map(({ accountId }) => accountId);
    expect(people).toEqual(['person-7', 'person-7', null]);
  });

  test('the next hour begins with room for all', () => {
    const { tally, clock } = full();
    clock.advance(HOUR);

    tally.count({ ...ann, accountId: 'one-too-many' }, 'reads', 1);

    expect(tally.pending().at(-1)).toMatchObject({ accountId: 'one-too-many', reads: 1 });
  });

  test('and hour after hour cannot be written, memory ends all the same', () => {
    const { tally, clock } = openTally();
    for (let at = 0; at < 6 * MAX_PEOPLE; at++) {
      clock.advance(at % MAX_PEOPLE === 0 ? HOUR : 0);
      tally.count({ ...ann, accountId: `person-${at}` }, 'reads', 1);
    }

    const pending = tally.pending();

    expect(pending).toHaveLength(5 * MAX_PEOPLE + 1);
    expect(pending.at(-1)).toMatchObject({ accountId: null, reads: MAX_PEOPLE });
  });
});

describe('the totals', () => {
  test('tell every role, and are not taken off by what is written', () => {
    const { tally } = openTally();
    tally.count(ann, 'writes', 4);

    tally.settle(tally.pending());

    expect(tally.totals.map(({ role }) => role)).toEqual([...CALLERS]);
    expect(tally.totals).toContainEqual({ role: 'waiter', reads: 0, writes: 4, refused: 0 });
  });

  test('that were told do not change afterwards', () => {
    const { tally } = openTally();
    const told = tally.totals;

    tally.count(ann, 'reads', 1);

    expect(told).toContainEqual({ role: 'waiter', reads: 0, writes: 0, refused: 0 });
  });
});
