import { describe, expect, test } from 'vitest';
import { Streams } from './streams.ts';

const watcher = (id: number | string, network: number | string = id) => ({
  actor: { id: `person-${id}` },
  network: `network-${network}`,
});
const upTo = (last: number) => Array.from({ length: last }, (_, at) => at + 1);

const full = (limit: number) =>
  expect.objectContaining({
    code: 'TOO_MANY_STREAMS',
    status: 429,
    details: { limit, retryAfterMs: 5_000 },
  });

describe('P28 open streams', () => {
  test.each([
    ['a person', 5, () => watcher('one')],
    ['an address', 20, (n: number) => watcher(n, 'one')],
    ['a process', 500, (n: number) => watcher(n)],
  ])('of %s are no more than %i', (_, limit, nth) => {
    const streams = new Streams();
    const exits = upTo(limit).map((n) => streams.enter(nth(n)));

    expect(() => streams.enter(nth(limit + 1))).toThrow(full(limit));
    expect(streams.open).toBe(limit);
    exits[0]?.();
    expect(() => streams.enter(nth(1))).not.toThrow();
  });

  test('are counted down once, however often they are closed', () => {
    const streams = new Streams();
    const [first, ...others] = upTo(5).map(() => streams.enter(watcher('one')));

    for (const _ of upTo(3)) first?.();

    expect(streams.open).toBe(4);
    streams.enter(watcher('one'));
    expect(() => streams.enter(watcher('one'))).toThrow(full(5));
    for (const exit of others) exit();
    expect(streams.open).toBe(1);
  });

  test('that are refused are not counted', () => {
    const streams = new Streams();
    for (const _ of upTo(5)) streams.enter(watcher('one', 'home'));

    expect(() => streams.enter(watcher('one', 'away'))).toThrow(full(5));

    expect(streams.open).toBe(5);
  });
});
