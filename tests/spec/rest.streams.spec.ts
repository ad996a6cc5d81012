import { anyone } from '@comanda/domains/trpc';
import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { HOUR, MINUTE } from '@comanda/kernel/time';
import type { TestApp } from '@comanda/testing';
import { tracked } from '@trpc/server';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { openApp } from '../app.ts';
import { ask } from '../http.ts';
import { askRest, heardOn, problemIn } from '../rest/asking.ts';
import { MIRROR, placeOf } from '../rest/document.ts';
import { misfits } from '../rest/fitting.ts';
import { serving } from '../rest/serving.ts';

interface Told {
  id: string;
  data: { kind: string; shift?: { note: string } };
}

/** The events in what was heard; what is said for the line alone is left out. */
function eventsIn(told: string): Told[] {
  return [...told.matchAll(/^id: (.*)\ndata: (.*)\n\n/gm)].map(([, id = '', data = '']) => ({
    id,
    data: JSON.parse(data) as Told['data'],
  }));
}

const holding = (count: number) => (told: string) => eventsIn(told).length >= count;

/** The manager gives the waiter a shift on each of these days. */
async function giveShifts(app: TestApp, days: number[]) {
  const personId = app.home.staff.waiter.id;
  for (const day of days) {
    const startsAt = new Date(Date.UTC(2026, 6, day, 9));
    const endsAt = new Date(startsAt.getTime() + 4 * HOUR);
    const said = { personId, startsAt, endsAt, note: `Day ${day}` };
    await app.as('manager').shifts.schedule.mutate({ ...said, publish: true });
  }
}

const notesIn = (events: Told[]) => events.map(({ data }) => data.shift?.note);

describe('a stream', () => {
  test('T13 begins with where it begins, and tells what happens as the document says', async () => {
    await using app = await openApp();
    const { accessToken: token } = await app.session('waiter');

    const answer = await askRest(app, 'shifts.watch', { token });
    await giveShifts(app, [1, 2]);
    const events = eventsIn(await heardOn(answer, holding(3)));

    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/event-stream');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('ratelimit')).toContain('waiter.read');
    expect(events.map(({ data }) => data.kind)).toEqual(['ready', 'published', 'published']);
    const { operation } = placeOf('shifts.watch');
    const type = 'text/event-stream';
    expect(
      events.flatMap(({ data }) => misfits(operation, { status: 200, type, value: data })),
    ).toEqual([]);
  });

  test('T13 goes on behind the event that was heard last, and loses none', async () => {
    await using app = await openApp();
    const { accessToken: token } = await app.session('waiter');
    const first = await askRest(app, 'shifts.watch', { token });
    await giveShifts(app, [1]);
    const [, last] = eventsIn(await heardOn(first, holding(2)));

    await giveShifts(app, [2, 3]);
    const again = await askRest(app, 'shifts.watch', { token, input: { lastEventId: last?.id } });
    await giveShifts(app, [4]);
    const events = eventsIn(await heardOn(again, holding(3)));

    expect(notesIn(events)).toEqual(['Day 2', 'Day 3', 'Day 4']);
  });

  test('T13 that goes on is answered at once, though nothing happens', async () => {
    await using app = await openApp();
    const { accessToken: token } = await app.session('waiter');
    const first = await askRest(app, 'shifts.watch', { token });
    const [ready] = eventsIn(await heardOn(first, holding(1)));

    const again = await askRest(app, 'shifts.watch', { token, input: { lastEventId: ready?.id } });
    const told = await heardOn(again, (text) => text.endsWith('\n\n'));

    expect(told).toBe(': connected\n\n');
  });

  test('is not asked for its kind', async () => {
    await using app = await openApp();
    const { accessToken: token } = await app.session('waiter');

    const answer = await askRest(app, 'shifts.watch', { token, headers: { accept: 'text/html' } });
    await answer.body?.cancel();

    expect(answer.headers.get('content-type')).toBe('text/event-stream');
  });
});

describe('a stream that is refused', () => {
  const at = `${MIRROR}/shifts/watch`;
  const shown = async (app: TestApp, who: 'waiter' | 'customer') => ({
    authorization: `Bearer ${(await app.session(who)).accessToken}`,
  });

  test('T11 is told by a status, as any call', async () => {
    await using app = await openApp();
    const waiter = await shown(app, 'waiter');

    const problems = await Promise.all(
      [
        ask(app, at),
        ask(app, at, { headers: { authorization: 'Bearer x' } }),
        ask(app, at, { headers: await shown(app, 'customer') }),
        ask(app, `${at}?unknown=1`, { headers: waiter }),
        ask(app, `${at}?lastEventId=x`, { headers: { ...waiter, 'last-event-id': 'x' } }),
        ask(app, at, { headers: { ...waiter, 'last-event-id': 'abcdefgh-1' } }),
        ask(app, at, { headers: { ...waiter, 'last-event-id': 'x'.repeat(300) } }),
      ].map(async (answer) => problemIn(await answer)),
    );

    expect(problems.map(({ status, code }) => `${status} ${code}`)).toEqual([
      '401 UNAUTHENTICATED',
      '401 TOKEN_INVALID',
      '403 FORBIDDEN',
      '400 VALIDATION',
      '400 VALIDATION',
      '409 STREAM_RESET',
      '409 STREAM_RESET',
    ]);
  });

  test('P28 is the sixth of one person; when one of them hangs up there is room again', async () => {
    await using app = await openApp();
    const { accessToken: token } = await app.session('waiter');
    const open = () => askRest(app, 'shifts.watch', { token });
    const five = [await open(), await open(), await open(), await open(), await open()];

    const sixth = await open();
    await five[0]?.body?.cancel();
    const after = await vi.waitUntil(async () => {
      const answer = await open();
      return answer.ok && answer;
    });
    await Promise.all([...five.slice(1), after].map(async ({ body }) => body?.cancel()));

    expect(await problemIn(sixth)).toMatchObject({ status: 429, code: 'TOO_MANY_STREAMS' });
  });

  test('P28 holds no place after a HEAD or a no', async () => {
    await using app = await openApp();
    const headers = await shown(app, 'waiter');
    const reset = { ...headers, 'last-event-id': 'abcdefgh-1' };
    for (let at = 0; at < 6; at += 1) {
      await ask(app, `${MIRROR}/shifts/watch`, { method: 'HEAD', headers });
      await ask(app, `${MIRROR}/shifts/watch`, { headers: reset });
    }

    const answer = await ask(app, `${MIRROR}/shifts/watch`, { headers });
    await answer.body?.cancel();

    expect(answer.status).toBe(200);
  });
});

describe('the end of a stream', () => {
  afterEach(() => vi.useRealTimers());

  test('P8 T13 comes with the end of the session, and is told as a problem', async () => {
    await using app = await openApp({ settings: { streamCheckMs: 20 } });
    const { accessToken: token } = await app.session('waiter');
    const answer = await askRest(app, 'shifts.watch', { token });

    await app.withToken(token).auth.logout.mutate();
    const told = await answer.text();

    const [, problem = ''] = /^event: problem\ndata: (.*)\n\n$/m.exec(told) ?? [];
    expect(eventsIn(told)).toMatchObject([{ data: { kind: 'ready' } }]);
    expect(JSON.parse(problem)).toMatchObject({
      type: 'urn:comanda:TOKEN_INVALID',
      status: 401,
      requestId: answer.headers.get('x-request-id'),
    });
  });

  /** Tells one event, and fails. */
  const failing = (error: Error) => ({
    shifts: {
      watch: anyone(kernelErrors.STREAM_RESET).subscription(async function* () {
        yield tracked('1', { kind: 'ready' });
        throw error;
      }),
    },
  });

  test.each([
    ['what is declared', kernelErrors.STREAM_RESET(), 'STREAM_RESET'],
    ['what is not declared', kernelErrors.NOT_FOUND({ what: 'secret' }), 'INTERNAL'],
    ['a fault', new Error('secret'), 'INTERNAL'],
  ])('T10 comes after %s, which is told no plainer than in any call', async (_, error, code) => {
    await using app = await openApp();
    await using mirror = await serving(app, failing(error));

    const answer = await mirror.fetch(`http://localhost${MIRROR}/shifts/watch`);
    const told = await answer.text();

    expect(told).toContain('id: 1\ndata: {"kind":"ready"}\n\nevent: problem\n');
    expect(told).toContain(`"code":"${code}"`);
    expect(told).not.toContain('secret');
  });

  test('P28 comes after 15 minutes, with a sign of life every 15 seconds until then and none later', async () => {
    await using app = await openApp();
    const begun = Promise.withResolvers<void>();
    await using mirror = await serving(app, {
      shifts: {
        watch: anyone().subscription(async function* ({ signal }) {
          yield tracked('1', { kind: 'ready' });
          begun.resolve();
          await new Promise((_, reject) => signal?.addEventListener('abort', reject));
        }),
      },
    });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });

    const answer = await mirror.fetch(`http://localhost${MIRROR}/shifts/watch`);
    const told = answer.text();
    await begun.promise;
    await vi.advanceTimersByTimeAsync(15 * MINUTE);
    const text = await told;
    await vi.advanceTimersByTimeAsync(MINUTE);

    expect(text.match(/^: ping$/gm)).toHaveLength(59);
    expect(text).not.toContain('problem');
    expect(mirror.logs.join('')).not.toMatch(/"level":(40|50)/);
  });

  test('P29 comes with the end of the server', async () => {
    const app = await openApp();
    const { accessToken } = await app.session('waiter');
    const { body } = await fetch(`${await app.listen()}${MIRROR}/shifts/watch`, {
      headers: { authorization: `Bearer ${accessToken}` },
    });
    const reader = (body ?? new ReadableStream()).pipeThrough(new TextDecoderStream()).getReader();
    await reader.read();

    await app[Symbol.asyncDispose]();
    const end = (async () => {
      while (!(await reader.read()).done);
    })();

    await expect(end).rejects.toThrow('terminated');
  });
});
