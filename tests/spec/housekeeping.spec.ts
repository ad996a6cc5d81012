import { DAY, HOUR, MINUTE } from '@comanda/kernel/time';
import { keepTidy, tidyUp } from '@comanda/server/housekeeping';
import { KeyedAnswer } from '@comanda/storage/keyed.entity';
import { onceByKey } from '@comanda/storage/keyed';
import { OutboxEvent } from '@comanda/storage/outbox.entity';
import type { TestApp } from '@comanda/testing';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { openApp } from '../app.ts';
import { inside } from '../auth/looking.ts';
import { withoutTable } from '../http.ts';
import { step } from '../lab/feed.procedures.ts';

afterEach(() => {
  vi.useRealTimers();
});

async function answer(app: TestApp, key: string): Promise<void> {
  const asked = { restaurantId: null, callerId: 'caller', procedure: 'lab.do', asked: {} };
  const ctx = { em: inside(app), afterCommit: () => undefined };
  await onceByKey(ctx, { ...asked, key }, async () => 'done');
}

const eventsOf = (app: TestApp) => inside(app).count(OutboxEvent);
const answersOf = (app: TestApp) => inside(app).count(KeyedAnswer);

describe('tidying up', () => {
  test('keeps events for a day and answers for three', async () => {
    await using app = await openApp();
    await step(app, [1, 2]);
    await answer(app, 'first');
    app.clock.advance(2 * DAY);
    await answer(app, 'second');
    app.clock.advance(DAY);
    await step(app, [3]);
    const kept: number[][] = [];

    await tidyUp(app.house);
    kept.push([await eventsOf(app), await answersOf(app)]);
    app.clock.advance(1);
    await tidyUp(app.house);
    kept.push([await eventsOf(app), await answersOf(app)]);
    app.clock.advance(2 * DAY);
    await tidyUp(app.house);
    kept.push([await eventsOf(app), await answersOf(app)]);

    expect(kept).toEqual([
      [1, 2],
      [1, 1],
      [0, 0],
    ]);
  });

  test('is done every ten minutes, again after it failed, and no more once it is stopped', async () => {
    await using app = await openApp();
    await step(app, [1]);
    app.clock.advance(DAY + HOUR);
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const warnings: string[] = [];
    const tidying = keepTidy(app.house, {
      warn: (_: unknown, said?: string) => warnings.push(said ?? ''),
    } as Parameters<typeof keepTidy>[1]);

    await withoutTable(app, 'stream_head', async () => {
      vi.advanceTimersByTime(10 * MINUTE);
      await vi.waitUntil(() => warnings.length > 0);
    });
    const before = await eventsOf(app);
    vi.advanceTimersByTime(10 * MINUTE);
    await tidying.stop();
    const after = await eventsOf(app);
    await step(app, [2]);
    app.clock.advance(DAY + HOUR);
    vi.advanceTimersByTime(30 * MINUTE);
    await tidying.stop();

    expect([before, after, await eventsOf(app)]).toEqual([1, 0, 1]);
    expect(warnings).toEqual(['the house could not be tidied up; it is tried again']);
  });
});
