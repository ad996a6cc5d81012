import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { pace } from './pace.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** Answers a second after it was asked, and knows what reached it when. */
function service(...answers: Response[]) {
  const sent: string[] = [];
  const sentAt: number[] = [];
  const start = performance.now();
  const fetch = async (input: RequestInfo | URL) => {
    sent.push(input as string);
    sentAt.push(performance.now() - start);
    await new Promise((resolve) => setTimeout(resolve, SECOND));
    return answers.shift() ?? new Response('soup');
  };
  return { sent, sentAt, fetch };
}

const SECOND = 1_000;
/** Bottleneck yields to the event loop a few times for every request. */
const TURNS = 50;

/** One unit comes back every ten seconds. */
function told(rateLimit: string, status = 200, more: Record<string, string> = {}) {
  const headers = { RateLimit: rateLimit, 'RateLimit-Policy': '"burst";q=10;w=100', ...more };
  return new Response('soup', { status, headers });
}

function busy(retryAfter: string) {
  return new Response('no', { status: 429, headers: { 'Retry-After': retryAfter } });
}

/** Where a promise is by now. */
function ending(promise: Promise<unknown>) {
  const end: { value?: unknown; error?: unknown } = {};
  promise.then(
    (value) => (end.value = value),
    (error: unknown) => (end.error = error),
  );
  return end;
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe('a request', () => {
  test('goes straight as long as no quota is known, six at once', async () => {
    const { sent, fetch } = service();
    const paced = pace().wrap(fetch);

    Array.from({ length: 7 }, (_, at) => void paced(`/${at}`));
    await pass(TURNS);
    const first = sent.length;
    await pass(SECOND + TURNS);

    expect([first, sent.length]).toEqual([6, 7]);
  });

  test('waits until the quota has room again', async () => {
    const { sentAt, fetch } = service(told('"burst";r=0;t=4'));
    const paced = pace().wrap(fetch);

    void paced('/a');
    await pass(2 * SECOND);
    void paced('/b');
    await pass(60 * SECOND);

    expect(sentAt).toHaveLength(2);
    expect(sentAt[1]).toBeGreaterThanOrEqual(5 * SECOND);
    expect(sentAt[1]).toBeLessThan(5 * SECOND + 2 * TURNS);
  });

  test('waits for room in every window', async () => {
    const { sentAt, fetch } = service(told('"burst";r=9;t=1, "sustained";r=0;t=7'));
    const paced = pace().wrap(fetch);

    void paced('/a');
    await pass(2 * SECOND);
    void paced('/b');
    await pass(60 * SECOND);

    expect(sentAt[1]).toBeGreaterThanOrEqual(8 * SECOND);
  });

  test('that is a batch waits until there is room for all its calls', async () => {
    const { sentAt, fetch } = service(told('"burst";r=2;t=4'));
    const paced = pace({ maxWaitMs: 60 * SECOND }).wrap(fetch);

    void paced('/a');
    await pass(2 * SECOND);
    void paced('/a,b%2Cc,d?batch=1&input=x,y');
    await pass(60 * SECOND);

    // Two are left, a third comes after 4 s, a fourth 10 s later.
    expect(sentAt[1]).toBeGreaterThanOrEqual(15 * SECOND);
    expect(sentAt[1]).toBeLessThan(15 * SECOND + 2 * TURNS);
  });

  test('that costs more than fits waits for a full window and goes', async () => {
    const { sentAt, fetch } = service(told('"burst";r=9;t=10'));
    const paced = pace({ maxWaitMs: 60 * SECOND }).wrap(fetch);

    void paced('/a');
    await pass(2 * SECOND);
    void paced(`/a${',a'.repeat(19)}?batch=1`);
    await pass(60 * SECOND);

    expect(sentAt[1]).toBeGreaterThanOrEqual(11 * SECOND);
    expect(sentAt[1]).toBeLessThan(11 * SECOND + 2 * TURNS);
  });

  test('is not overtaken by a smaller one behind it', async () => {
    const { sent, fetch } = service(told('"burst";r=1;t=4'));
    const paced = pace({ maxWaitMs: 60 * SECOND }).wrap(fetch);

    void paced('/first');
    await pass(2 * SECOND);
    void paced('/big,big?batch=1');
    void paced('/small');
    await pass(60 * SECOND);

    expect(sent).toEqual(['/first', '/big,big?batch=1', '/small']);
  });

  test('counts what is still under way', async () => {
    const { sent, fetch } = service(told('"burst";r=2;t=10'), told('"burst";r=2;t=10'));
    const paced = pace().wrap(fetch);

    void paced('/a');
    await pass(SECOND / 2);
    void paced('/b');
    await pass(SECOND / 2 + TURNS);
    // Of the two that are left, the one under way may have taken one.
    void paced('/c');
    void paced('/d');
    await pass(SECOND / 4);

    expect(sent).toEqual(['/a', '/b', '/c']);
  });

  test('does not wait for a quota of the other kind', async () => {
    const { sent, fetch } = service(told('"write";r=0;t=9'));
    const paced = pace().wrap(fetch);

    void paced('/write', { method: 'POST' });
    await pass(2 * SECOND);
    void paced('/write', { method: 'POST' });
    void paced('/read');
    await pass(TURNS);

    expect(sent).toEqual(['/write', '/read']);
  });

  test('that failed on the way gives its place to the next', async () => {
    const lost = new TypeError('fetch failed');
    const paced = pace({ maxConcurrent: 1 }).wrap((input) =>
      input === '/lost' ? Promise.reject(lost) : Promise.resolve(new Response()),
    );

    const ends = ['/lost', '/next'].map((path) => ending(paced(path)));
    await pass(TURNS);

    expect(ends).toEqual([{ error: lost }, { value: expect.any(Response) }]);
  });

  test('may be a Request: of its own kind, and whole when it is repeated', async () => {
    const bodies: string[] = [];
    const answers = [told('"read";r=0;t=9'), busy('1')];
    const paced = pace().wrap(async (input) => {
      bodies.push(await new Request(input).text());
      return answers.shift() ?? new Response();
    });

    void paced('http://localhost/read');
    await pass(TURNS);
    void paced(new Request('http://localhost/write', { method: 'POST', body: 'soup' }));
    await pass(2 * SECOND);

    expect(bodies).toEqual(['', 'soup', 'soup']);
  });

  test('is counted as long as it is under way, and no longer when nothing is told', async () => {
    const { sent, fetch } = service(new Response(), new Response(), told('"burst";r=1;t=40'));
    const paced = pace({ maxWaitMs: 60 * SECOND }).wrap(fetch);

    void paced('/a');
    void paced('/b');
    await pass(2 * SECOND);
    void paced('/c');
    await pass(2 * SECOND);
    void paced('/d');
    await pass(TURNS);

    expect(sent).toEqual(['/a', '/b', '/c', '/d']);
  });
});

describe('a 429', () => {
  test('is waited for as long as it asks, and a little more, and repeated', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(1);
    const { sent, sentAt, fetch } = service(busy('3'), busy('2'));
    const end = ending(pace().wrap(fetch)('/a'));

    await pass(60 * SECOND);

    expect(sent).toEqual(['/a', '/a', '/a']);
    expect(sentAt[1]).toBeGreaterThanOrEqual(1_000 + 3_250);
    expect(sentAt[2]).toBeGreaterThanOrEqual(1_000 + 3_250 + 1_000 + 2_250);
    expect(end.value).toMatchObject({ status: 200 });
  });

  test('is not read, and its connection is let go', async () => {
    const cancel = vi.fn<() => void>();
    const headers = { 'Retry-After': '1' };
    const { fetch } = service(
      new Response(new ReadableStream({ cancel }), { status: 429, headers }),
    );

    void pace().wrap(fetch)('/a');
    await pass(SECOND + TURNS);

    expect(cancel).toHaveBeenCalledOnce();
  });

  test('keeps its place meanwhile, so that the next does not run into the same wall', async () => {
    const { sent, fetch } = service(busy('3'));
    const paced = pace({ maxConcurrent: 1 }).wrap(fetch);

    void paced('/a');
    void paced('/b');
    await pass(3 * SECOND);

    expect(sent).toEqual(['/a']);
  });

  test.each([
    ['asks for more than one is held back', busy('11')],
    ['says not how long', new Response('no', { status: 429 })],
    ['says it in a word', busy('soon')],
  ])('is given to the caller when it %s', async (_, answer) => {
    const { sent, fetch } = service(answer);
    const end = ending(pace().wrap(fetch)('/a'));

    await pass(SECOND + TURNS);

    expect(end).toEqual({ value: answer });
    expect(sent).toEqual(['/a']);
  });

  test.each([207, 401, 503])('is meant alone: a %d passes as it is', async (status) => {
    const answer = told('"burst";r=0;t=2', status, { 'Retry-After': '2' });
    const { sent, fetch } = service(answer);
    const end = ending(pace().wrap(fetch)('/a'));

    await pass(60 * SECOND);

    expect(end).toEqual({ value: answer });
    expect(sent).toEqual(['/a']);
  });
});

describe('the wait', () => {
  test('that would be too long is not begun: the service says no by itself', async () => {
    const { sent, fetch } = service(told('"burst";r=0;t=720'));
    const paced = pace().wrap(fetch);

    void paced('/a');
    await pass(2 * SECOND);
    void paced('/b');
    await pass(TURNS);

    expect(sent).toEqual(['/a', '/b']);
  });

  test('that no timer can hold is not begun either', async () => {
    const { sent, fetch } = service(busy('9999999'));
    const end = ending(pace({ maxWaitMs: Infinity }).wrap(fetch)('/a'));

    await pass(2 * SECOND);

    expect(end.value).toMatchObject({ status: 429 });
    expect(sent).toEqual(['/a']);
  });

  test('counts the time in the queue', async () => {
    const { sentAt, fetch } = service(busy('8'), busy('8'), busy('8'));
    const paced = pace({ maxConcurrent: 1 }).wrap(fetch);

    const ends = ['/a', '/b'].map((path) => ending(paced(path)));
    await pass(60 * SECOND);

    expect(ends).toMatchObject([{ value: { status: 429 } }, { value: { status: 429 } }]);
    expect(sentAt).toHaveLength(3);
  });

  test('in the queue ends with its caller, and the request is never sent', async () => {
    const { sent, fetch } = service();
    const paced = pace({ maxConcurrent: 1 }).wrap(fetch);
    const caller = new AbortController();

    void paced('/a');
    const end = ending(paced('/b', { signal: caller.signal }));
    await pass(TURNS);
    caller.abort();
    await pass(0);
    const atOnce = end.error;
    await pass(60 * SECOND);

    expect(atOnce).toMatchObject({ details: { because: 'aborted' } });
    expect(sent).toEqual(['/a']);
  });

  test('for room ends with its caller, and the next need not wait for it', async () => {
    const { sent, sentAt, fetch } = service(told('"burst";r=0;t=5'));
    const paced = pace({ maxConcurrent: 1, maxWaitMs: 60 * SECOND }).wrap(fetch);
    const caller = new AbortController();

    void paced('/a');
    const end = ending(paced('/b,b,b?batch=1', { signal: caller.signal }));
    void paced('/c');
    await pass(3 * SECOND);
    caller.abort();
    await pass(0);
    const atOnce = end.error;
    await pass(60 * SECOND);

    expect(atOnce).toMatchObject({ details: { because: 'aborted' } });
    expect(sent).toEqual(['/a', '/c']);
    expect(sentAt[1]).toBeLessThan(6 * SECOND + 2 * TURNS);
  });

  test('after a 429 ends with its caller, and the next need not wait for it', async () => {
    const { sent, fetch } = service(busy('5'));
    const paced = pace({ maxConcurrent: 1 }).wrap(fetch);
    const caller = new AbortController();

    const end = ending(paced('/a', { signal: caller.signal }));
    void paced('/b');
    await pass(2 * SECOND);
    caller.abort();
    await pass(TURNS);

    expect(end.error).toMatchObject({ details: { because: 'aborted' } });
    expect(sent).toEqual(['/a', '/b']);
  });

  test('of one who has gone before it starts is none', async () => {
    const { sent, fetch } = service();
    const end = ending(pace().wrap(fetch)('/a', { signal: AbortSignal.abort() }));

    await pass(60 * SECOND);

    expect(end.error).toMatchObject({ details: { because: 'aborted' } });
    expect(sent).toEqual([]);
  });
});

describe('the queue', () => {
  test('has an end', async () => {
    const { sent, fetch } = service();
    const paced = pace({ maxConcurrent: 1, maxQueued: 2 }).wrap(fetch);

    const ends = ['/a', '/b', '/c', '/d'].map((path) => ending(paced(path)));
    await pass(TURNS);
    const atOnce = ends.map(({ error }) => error);
    await pass(60 * SECOND);
    const later = ending(paced('/e'));
    await pass(60 * SECOND);

    expect(atOnce).toMatchObject([
      undefined,
      undefined,
      undefined,
      { details: { because: 'client' }, message: '2 requests wait for the quota already.' },
    ]);
    expect(later.value).toMatchObject({ status: 200 });
    expect(sent).toEqual(['/a', '/b', '/c', '/e']);
  });

  test('is one for all who share it', async () => {
    const { sent, fetch } = service(told('"burst";r=0;t=9'));
    const shared = pace();

    void shared.wrap(fetch)('/a');
    await pass(2 * SECOND);
    void shared.wrap(fetch)('/b');
    await pass(TURNS);

    expect(sent).toEqual(['/a']);
  });
});
