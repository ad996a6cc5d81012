import { describe, expect, test } from 'vitest';
import { Announcement } from './announcement.ts';
import { GcraStore } from './gcra-store.ts';
import { policy } from './rates.ts';

const reads = policy('waiter.read', '100/min', '1000/hour');
const writes = policy('waiter.write', '5/10s');

function charged(...calls: (readonly [typeof reads, number])[]) {
  const store = new GcraStore(() => 0);
  const announcement = new Announcement();
  for (const [budget, cost] of calls)
    announcement.note(budget, store.consume('anna', budget, cost));
  return announcement;
}

describe('what an answer tells of the budgets', () => {
  test('P32 is every window of every budget that was charged, with its limit, seconds and what is left', () => {
    const { 'ratelimit-policy': policies, ratelimit } = charged([reads, 20], [writes, 1]).headers();

    expect(policies).toBe(
      '"waiter.read";q=100;w=60, "waiter.read.sustained";q=1000;w=3600, "waiter.write";q=5;w=10',
    );
    expect(ratelimit).toBe(
      '"waiter.read";r=80;t=1, "waiter.read.sustained";r=980;t=4, "waiter.write";r=4;t=2',
    );
  });

  test('is nothing where nothing was charged', () => {
    expect(new Announcement().headers()).toEqual({});
  });

  test('is the last of several charges of one budget', () => {
    expect(charged([writes, 1], [writes, 1]).headers()).toMatchObject({
      ratelimit: '"waiter.write";r=3;t=2',
    });
  });

  test('P32 of a refused call is when it passes', () => {
    expect(charged([writes, 5], [writes, 3]).headers()).toMatchObject({
      ratelimit: '"waiter.write";r=0;t=6',
    });
  });

  test('counts what was given back', () => {
    const announcement = charged([writes, 1]);

    announcement.noteBack(writes);

    expect(announcement.headers()).toMatchObject({ ratelimit: '"waiter.write";r=5' });
  });

  test('says that the processes count apart', () => {
    const announcement = new Announcement();
    const answer = new GcraStore(() => 0).consume('anna', writes);

    announcement.note(writes, { ...answer, degraded: true });

    expect(announcement.headers()).toMatchObject({ ratelimit: '"waiter.write";r=4;t=2;degraded' });
  });
});
