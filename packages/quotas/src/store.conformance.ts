import { describe, expect, test } from 'vitest';

import { type Make, type Open, OpenedStore } from './opened-store.ts';
import { policy } from './rates.ts';
import type { QuotaStore } from './store.ts';
import { anyCourse, quotedWait, steppingClock } from './store.clock.conformance.ts';

const HOUR = 3_600_000;
const perHour = policy('hourly', '5/hour');
const burstAndDay = policy('pair', '5/min', '8/day');

/** What every store promises. `make` answers an empty store that reads its time from `now`. */
export function storeConformance(name: string, make: Make): void {
  const open = () => OpenedStore.by(make);
  describe(`${name} as a quota store`, () => {
    describe('charging', () => {
      charging(open);
    });
    describe('costs', () => {
      costs(open);
    });
    describe('refunding', () => {
      refunding(open);
    });
    describe('keys from strangers', () => {
      strangeKeys(open);
    });
    describe('a clock that steps', () => {
      steppingClock(open);
    });
    describe('the quoted wait', () => {
      quotedWait(open);
    });
    describe('any course of calls', () => {
      anyCourse(open);
    });
  });
}

function charging(open: Open): void {
  test.each(['1000/hour', '997/min', '7/day', '9999/day'])(
    '10,000 concurrent calls get exactly %s',
    async (words) => {
      const tried = policy('tried', words);
      const opened = await open();

      expect(await opened.admitted(10_000, 'a', tried)).toBe(tried.windows[0].limit);
    },
  );

  test('an answer tells limit, what is left, and when there is more', async () => {
    const { store } = await open();

    expect(await store.consume('a', perHour, 2)).toEqual({
      allowed: true,
      policy: 'hourly',
      window: '5/hour',
      limit: 5,
      remaining: 3,
      resetMs: HOUR / 5,
      retryAfterMs: 0,
      rows: [{ window: '5/hour', limit: 5, remaining: 3, resetMs: HOUR / 5, retryAfterMs: 0 }],
    });
  });

  test('one more unit is there when the answer said, and not 1 ms before', async () => {
    const opened = await open();
    await opened.store.consume('a', perHour, 4);
    opened.time += 100_000;
    const { resetMs } = await opened.look('a', perHour);

    opened.time += resetMs - 1;
    expect(await opened.left('a', perHour)).toEqual([1]);
    opened.time += 1;
    expect(await opened.left('a', perHour)).toEqual([2]);
  });

  test('a call that one window refuses is charged in none', async () => {
    const opened = await open();
    expect(await opened.admitted(10_000, 'a', burstAndDay)).toBe(5);
    expect(await opened.left('a', burstAndDay)).toEqual([0, 3]);

    opened.time += 60_000;
    expect(await opened.admitted(10_000, 'a', burstAndDay)).toBe(3);
    expect(await opened.left('a', burstAndDay)).toEqual([2, 0]);
  });

  test('the tighter window speaks for an allowed call, the longer wait for a refused one', async () => {
    const opened = await open();
    expect(await opened.store.consume('a', burstAndDay, 5)).toMatchObject({
      allowed: true,
      window: '5/min',
      remaining: 0,
    });
    expect(await opened.store.consume('a', burstAndDay, 5)).toMatchObject({
      allowed: false,
      window: '8/day',
      remaining: 3,
    });
  });

  test('policies of different names do not share a key', async () => {
    const opened = await open();
    await opened.admitted(5, 'a', perHour);

    expect(await opened.admitted(5, 'a', policy('other', '5/hour'))).toBe(5);
  });
}

function costs(open: Open): void {
  test('cost 0 looks and charges nothing', async () => {
    const opened = await open();
    await opened.look('a', perHour);
    expect(await opened.left('a', perHour)).toEqual([5]);

    await opened.admitted(5, 'a', perHour);
    expect(await opened.look('a', perHour)).toMatchObject({ allowed: true, remaining: 0 });
  });

  test.each([6, -1, 0.5, Number.NaN])('cost %d throws and charges nothing', async (cost) => {
    const { store } = await open();
    await store.consume('a', perHour);

    await expect((async () => store.consume('a', perHour, cost))()).rejects.toThrow(
      /^hourly: .*cost/,
    );
    await expect((async () => store.refund('a', perHour, cost))()).rejects.toThrow(
      /^hourly: .*cost/,
    );

    expect(await store.consume('a', perHour, 0)).toMatchObject({ remaining: 4 });
  });

  test('a cost that fits only one of two windows throws', async () => {
    const { store } = await open();

    await expect((async () => store.consume('a', burstAndDay, 6))()).rejects.toThrow(
      'cost 6 can never pass the limit 5 of 5/min',
    );
  });
}

function refunding(open: Open): void {
  test('what was taken is back in every window', async () => {
    const opened = await open();
    await opened.store.consume('a', burstAndDay, 3);
    const before = await opened.look('a', burstAndDay);
    await opened.store.consume('a', burstAndDay, 2);

    await opened.store.refund('a', burstAndDay, 2);

    expect(await opened.look('a', burstAndDay)).toEqual(before);
  });

  test('nothing rises above the limit', async () => {
    const opened = await open();
    await opened.store.consume('a', perHour, 1);
    await opened.store.refund('a', perHour, 5);
    await opened.store.refund('a', perHour);
    await opened.store.refund('never seen', perHour);

    expect(await opened.admitted(20, 'a', perHour)).toBe(5);
    expect(await opened.admitted(20, 'never seen', perHour)).toBe(5);
  });

  test('10,000 takes and refunds at once leave the bucket as it was', async () => {
    const opened = await open();
    await opened.store.consume('a', perHour, 2);

    await Promise.all(Array.from({ length: 10_000 }, () => takeAndGiveBack(opened.store)));

    expect(await opened.left('a', perHour)).toEqual([3]);
  });
}

async function takeAndGiveBack(store: QuotaStore): Promise<void> {
  const { allowed } = await store.consume('a', perHour);
  if (allowed) await store.refund('a', perHour);
}

function strangeKeys(open: Open): void {
  const long = 'x'.repeat(10_000);
  const keys = [
    '__proto__',
    'constructor',
    'toString',
    '',
    ' ',
    '\0',
    'a\r\nb',
    'a|b',
    'hourly|a',
    '{a}',
    'é',
    'e\u0301',
    '名前🍋',
    long,
    `${long}y`,
  ];

  test.each(keys.map((key) => [key.slice(0, 20), key]))(
    '%j has a budget like any other',
    async (_, key) => {
      const opened = await open();

      expect(await opened.admitted(20, key, perHour)).toBe(5);
      await opened.store.refund(key, perHour);
      expect(await opened.left(key, perHour)).toEqual([1]);
    },
  );

  test('none touches the budget of another', async () => {
    const opened = await open();

    expect(await Promise.all(keys.map((key) => opened.admitted(20, key, perHour)))).toEqual(
      keys.map(() => 5),
    );
  });
}
