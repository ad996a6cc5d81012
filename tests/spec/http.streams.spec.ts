import { allow, anyone, signedIn } from '@comanda/domains/trpc';
import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { MINUTE } from '@comanda/kernel/time';
import type { TestApp } from '@comanda/testing';
import { tracked } from '@trpc/server';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { openApp } from '../app.ts';
import { ask, post, toldIn } from '../http.ts';

const From = z.strictObject({ from: z.int(), lastEventId: z.string().optional() });

/** Counts three steps on from where it is told to go on, then waits for as long as anybody listens. */
async function* counted({ from, lastEventId }: z.infer<typeof From>, signal?: AbortSignal) {
  const start = lastEventId === undefined ? from : Number(lastEventId) + 1;
  for (const at of [start, start + 1, start + 2]) yield tracked(String(at), { at });
  await new Promise((_, reject) => signal?.addEventListener('abort', reject));
}

const lab = {
  open: anyone()
    .input(From)
    .subscription(({ input, signal }) => counted(input, signal)),
  own: signedIn()
    .input(From)
    .subscription(({ input, signal }) => counted(input, signal)),
  staff: allow('staff.read')
    .input(From)
    .subscription(({ input, signal }) => counted(input, signal)),
};

const streamOf = (name: string, input: unknown = { from: 1 }) =>
  `/trpc/lab.${name}?input=${encodeURIComponent(JSON.stringify({ json: input }))}`;

/** What a stream tells until its third step, on a line that stays open. */
async function threeSteps(body: ReadableStream<Uint8Array> | null) {
  const reader = (body ?? new ReadableStream()).pipeThrough(new TextDecoderStream()).getReader();
  let told = '';
  for (let steps = 0; steps < 3; steps = told.split('\nid: ').length - 1) {
    const { value } = await reader.read();
    told += value;
  }
  return { told, reader };
}

describe('a stream that is refused before it begins', () => {
  const shown: Record<string, (app: TestApp) => Promise<string | undefined>> = {
    nobody: async () => undefined,
    'a bad token': async () => 'Bearer nonsense',
    'a customer': async (app) => `Bearer ${(await app.session('customer')).accessToken}`,
  };

  const from = { from: 1 };
  test.each([
    { who: 'nobody', name: 'own', input: from, status: 401, reason: 'UNAUTHENTICATED' },
    { who: 'a bad token', name: 'open', input: from, status: 401, reason: 'TOKEN_INVALID' },
    { who: 'a customer', name: 'staff', input: from, status: 403, reason: 'FORBIDDEN' },
    { who: 'nobody', name: 'open', input: { from: 'one' }, status: 400, reason: 'VALIDATION' },
    { who: 'nobody', name: 'nothing', input: from, status: 404, reason: 'NO_SUCH_PROCEDURE' },
  ])('T11 is told by a status, as any call: $reason', async (of) => {
    const { who, name, input, status, reason } = of;
    await using app = await openApp({ lab });
    const authorization = await shown[who]?.(app);

    const answer = await ask(app, streamOf(name, input), {
      headers: { accept: 'text/event-stream', ...(authorization && { authorization }) },
    });

    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('application/json');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(await toldIn(answer)).toMatchObject({ reason, httpStatus: status, path: `lab.${name}` });
  });
});

describe('what goes wrong once a stream has begun', () => {
  /** Gives one event, then fails with that. */
  const failing = (error: Error) => {
    const fails = anyone(kernelErrors.STREAM_RESET).subscription(async function* () {
      yield tracked('1', { at: 1 });
      throw error;
    });
    return openApp({ lab: { fails } });
  };
  const endOf = async (app: TestApp) => {
    const told = await (await ask(app, '/trpc/lab.fails')).text();
    const [, data = ''] = /event: serialized-error\ndata: (.*)/.exec(told) ?? [];
    return data;
  };

  test('a declared refusal is told as it is', async () => {
    await using app = await failing(kernelErrors.STREAM_RESET());

    const end = await endOf(app);

    expect(JSON.parse(end)).toMatchObject({
      json: { data: { reason: 'STREAM_RESET', httpStatus: 409, path: 'lab.fails' } },
    });
    expect(app.logs.join('')).not.toContain('"level":50');
  });

  test('a refusal that is not declared is a fault, and so is everything else: logged, and hidden', async () => {
    await using undeclared = await failing(kernelErrors.NOT_FOUND({ what: 'secret' }));
    await using broken = await failing(new Error('secret'));
    undeclared.expectFaults();
    broken.expectFaults();

    const ends = await Promise.all([endOf(undeclared), endOf(broken)]);

    expect(ends.map((end) => /"reason":"(\w+)"/.exec(end)?.[1])).toEqual(['INTERNAL', 'INTERNAL']);
    expect(ends.join('')).not.toContain('secret');
    expect(undeclared.logs.join('')).toContain('a refusal that the procedure does not declare');
    expect(broken.logs.join('')).toContain('"msg":"fault"');
  });
});

describe('a stream', () => {
  afterEach(() => vi.useRealTimers());

  test('is opened by GET and by POST, and says when silence means a lost line', async () => {
    await using app = await openApp({ lab });
    const url = await app.listen();

    const answers = [
      await fetch(`${url}${streamOf('open')}`),
      await fetch(`${url}/trpc/lab.open`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"json":{"from":1}}',
      }),
    ];
    const heard = await Promise.all(answers.map(({ body }) => threeSteps(body)));

    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(answers[0]?.headers.get('content-type')).toBe('text/event-stream');
    expect(heard[0]?.told).toBe(heard[1]?.told);
    expect(heard[0]?.told).toContain(
      'event: connected\ndata: {"reconnectAfterInactivityMs":40000}',
    );
    expect(heard[0]?.told).toContain('data: {"json":{"at":3}}\nid: 3');
  });

  test('goes on behind the event that is named', async () => {
    await using app = await openApp({ lab });
    const url = await app.listen();

    const { body } = await fetch(`${url}${streamOf('open')}`, {
      headers: { 'last-event-id': '7' },
    });

    const { told } = await threeSteps(body);
    expect(told.match(/(?<=^id: )\d+$/gm)).toEqual(['8', '9', '10']);
  });

  test('is never part of a batch', async () => {
    await using app = await openApp({ lab });

    const answer = await post(app, '/trpc/lab.open,lab.open?batch=1', { body: '{}' });

    expect(answer.status).toBe(400);
  });

  test('shows signs of life, and is cut off after a quarter of an hour without being told to be over', async () => {
    const begun = Promise.withResolvers<void>();
    const silent = anyone().subscription(async function* ({ signal }) {
      begun.resolve();
      yield* counted({ from: 1 }, signal);
    });
    await using app = await openApp({ lab: { silent } });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });

    const stream = ask(app, '/trpc/lab.silent');
    await begun.promise;
    await vi.advanceTimersByTimeAsync(15 * MINUTE);
    const told = await (await stream).text();

    expect(told).toContain('id: 3');
    expect(told).toContain('event: ping');
    expect(told).not.toMatch(/event: (return|serialized-error)/);
  });

  test('P29 is cut off by a server that stops, without being told to be over', async () => {
    const app = await openApp({ lab });
    const { body } = await fetch(`${await app.listen()}${streamOf('open')}`);
    const { told, reader } = await threeSteps(body);

    await app[Symbol.asyncDispose]();

    await expect(reader.read()).rejects.toThrow('terminated');
    expect(told).not.toContain('event: return');
  });
});
