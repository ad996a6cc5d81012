import type { StreamEvent } from '@comanda/client';
import { MINUTE } from '@comanda/kernel/time';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openApp } from '../app.ts';
import { cutting, numbers } from '../lab/cutting.ts';
import { newLab } from '../lab/lab.procedures.ts';
import type { Tick } from '../lab/ticks.ts';
import { watching } from '../lab/watching.ts';

beforeEach(() => {
  // Comes back after moments: how long the waits are is proved beside the code.
  vi.spyOn(Math, 'random').mockReturnValue(0.001);
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** The service on a port, and somebody signed in who watches it. */
async function opened() {
  const lab = newLab();
  const app = await openApp({ lab: lab.procedures });
  const url = await app.listen();
  return {
    lab,
    app,
    url,
    ...(await watching(app, url)),
    [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
  };
}

type Steps = AsyncIterableIterator<StreamEvent<Tick>>;

/** The numbers of the events, and the word where there is a gap. */
async function read(steps: Steps, count = Infinity): Promise<(number | 'gap')[]> {
  const heard: (number | 'gap')[] = [];
  while (heard.length < count) {
    const { done, value } = await steps.next();
    if (done) break;
    heard.push(value.type === 'gap' ? 'gap' : value.data.n);
  }
  return heard;
}

const SOON = { timeout: 10_000 };
const upTo = (last: number) => Array.from({ length: last }, (_, at) => at + 1);

describe('a stream over a line that breaks', () => {
  test.each([1, 2])(
    'P25 T12 T13 tells everything once through 100 drops and ending tokens (seed %i)',
    async (seed) => {
      const lab = newLab();
      await using app = await openApp({ lab: lab.procedures });
      const url = await app.listen();
      await using line = await cutting(url, numbers(seed, 100, 2_500));
      const { client, sent } = await watching(app, url, line.url);
      const turns = { connecting: 0, open: 0, waiting: 0 };
      const onState = (state: keyof typeof turns) => {
        turns[state] += 1;
        if (state !== 'waiting' && turns[state] % 10 === 5) app.clock.advance(16 * MINUTE);
        lab.ticks.add(30); // more than any line lasts for
      };

      const heard = await read(
        client.lab.ticks.subscribe({ until: 1_500 }, { lastEventId: '0', onState }),
      );

      const tokens = sent.map(({ token }) => token);
      expect(heard).toEqual(upTo(1_500));
      expect(line.cuts()).toBe(100);
      expect(new Set(tokens).size).toBeGreaterThan(10);
      expect(tokens.filter((token, at) => token !== tokens[at - 1])).toEqual([...new Set(tokens)]);
      expect(new Set(sent.map((request) => request.url))).toEqual(
        new Set([`${url}/trpc/lab.ticks?input=%7B%22json%22%3A%7B%22until%22%3A1500%7D%7D`]),
      );
    },
  );
});

describe('a stream', () => {
  test('ends when the service has told everything', async () => {
    await using service = await opened();
    service.lab.ticks.add(3);

    const heard = await read(
      service.client.lab.ticks.subscribe({ until: 3 }, { lastEventId: '0' }),
    );

    expect(heard).toEqual([1, 2, 3]);
    expect(service.sent).toHaveLength(1);
  });

  test('tells dates as dates, whatever the length of the input', async () => {
    await using service = await opened();
    service.lab.ticks.add(1);
    const note = 'x'.repeat(4_000);

    const steps = service.client.lab.ticks.subscribe({ until: 1, note }, { lastEventId: '0' });
    const { value } = await steps.next();

    expect(value).toEqual({ type: 'event', id: '1', data: { n: 1, at: new Date(1), padding: '' } });
    expect(service.sent[0]?.url).not.toContain('xxx');
  });

  test('tells a gap when it comes back too late, and then all that follows', async () => {
    await using service = await opened();
    const { lab, client } = service;
    lab.ticks.add(9);
    lab.ticks.trim();
    const onState = (state: string) => lab.ticks.add(state === 'open' ? 2 : 0);

    const heard = await read(
      client.lab.ticks.subscribe({ until: 11 }, { lastEventId: '4', onState }),
    );

    expect(heard).toEqual(['gap', 10, 11]);
  });

  test('T13 of a session that was ended somewhere else ends with that', async () => {
    await using service = await opened();
    const { lab, client, app } = service;
    const { auth } = app.withToken((await app.session('waiter')).accessToken);
    lab.ticks.add(1);
    const steps = client.lab.ticks.subscribe(undefined, { lastEventId: '0' });

    const before = await read(steps, 1);
    await auth.sessions.revokeOthers.mutate();
    lab.ticks.add(1);

    expect(before).toEqual([1]);
    await expect(read(steps)).rejects.toMatchObject({ data: { reason: 'TOKEN_INVALID' } });
    await vi.waitUntil(() => lab.ticks.open === 0, SOON);
  });

  test('that is refused does not come back', async () => {
    await using service = await opened();

    const steps = service.client.lab.ticks.subscribe({ until: 0.5 });

    await expect(read(steps)).rejects.toMatchObject({ data: { reason: 'VALIDATION' } });
    expect(service.sent).toHaveLength(1);
  });
});

describe('leaving a stream', () => {
  test('by leaving the loop closes it on the other side', async () => {
    await using service = await opened();
    const { lab, client } = service;
    lab.ticks.add(2);
    const open = [];

    for await (const _ of client.lab.ticks.subscribe(undefined, { lastEventId: '0' })) {
      open.push(lab.ticks.open);
      break;
    }
    await vi.waitUntil(() => lab.ticks.open === 0, SOON);

    expect(open).toEqual([1]);
  });

  test('by a signal, with nothing to be read, closes it on the other side', async () => {
    await using service = await opened();
    const { lab, client } = service;
    const leaving = new AbortController();

    const reading = read(client.lab.ticks.subscribe(undefined, { signal: leaving.signal }));
    await vi.waitUntil(() => lab.ticks.open === 1, SOON);
    leaving.abort();

    expect(await reading).toEqual([]);
    await vi.waitUntil(() => lab.ticks.open === 0, SOON);
  });
});

describe('a slow reader', () => {
  test('P28 holds back the service, and misses nothing', async () => {
    await using service = await opened();
    const { lab, client } = service;
    const until = 50_000;
    lab.ticks.add(until);

    const steps = client.lab.ticks.subscribe({ until, size: 1_000 }, { lastEventId: '0' });
    const first = await read(steps, 1);
    const ahead = await settled(() => lab.ticks.taken);
    const rest = await read(steps);

    expect(ahead).toBeLessThan(until / 2);
    expect([...first, ...rest]).toEqual(upTo(until));
  });
});

/** The value when it has stopped growing. */
async function settled(value: () => number): Promise<number> {
  let before = -1;
  await vi.waitUntil(() => value() === before || ((before = value()), false), {
    interval: 300,
    timeout: 20_000,
  });
  return before;
}
