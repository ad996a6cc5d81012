import { describe, expect, test } from 'vitest';
import { dataFolder, type Server, startServer } from '../faults/server.ts';
import { times } from '../recording.ts';
import { type RedisServer, startRedis, stoppedRedis } from './server.ts';

/** A read that anybody may do 20 times a day: however long a test takes, none comes back meanwhile. */
const look = ({ url }: Server) => fetch(`${url}/trpc/quotas.policy`);
const statuses = (answers: Response[]) => answers.map(({ status }) => status);
const passed = (answers: Response[]) => statuses(answers).filter((one) => one === 200).length;

async function opened(dataDir: string, { url }: RedisServer): Promise<Server> {
  const server = await startServer({ dataDir, env: { REDIS_URL: url } });
  const { accessToken } = await server.signIn('admin');
  const { quotas } = server.client(accessToken);
  await quotas.set.mutate({ role: 'anonymous', reads: ['20/day'] });
  return server;
}

/** Two servers, each with a database of its own, that count in one Redis. */
async function twoOn(redis: RedisServer) {
  await using stack = new AsyncDisposableStack();
  const start = () => {
    const { path } = stack.use(dataFolder());
    return opened(path, redis);
  };
  const servers = [stack.use(await start()), stack.use(await start())] as const;
  const all = stack.move();
  return { servers, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

/** Calls, one after the other, until what is answered is as awaited; the test's own limit ends what never is. */
async function until(server: Server, awaited: (answer: Response) => boolean): Promise<Response> {
  for (;;) {
    const answer = await look(server);
    if (awaited(answer)) return answer;
    await answer.body?.cancel();
  }
}

const breath = () => new Promise(setImmediate);
const isDegraded = ({ headers }: Response) => /;degraded/.test(headers.get('ratelimit') ?? '');

async function metric({ url }: Server, name: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(new RegExp(`^${name}\\{quotas="calls"[^}]*\\} (\\d+)$`, 'm').exec(text)?.[1]);
}

describe('two servers on one Redis', () => {
  test('P30 let through together exactly what a role may', async () => {
    await using redis = await startRedis();
    await using two = await twoOn(redis);

    const answers = await Promise.all(times(80, (n) => look(two.servers[n % 2 === 0 ? 0 : 1])));

    expect(passed(answers)).toBe(20);
  });

  test('P31 count each for itself, up to its share, while Redis is away, and together again after', async () => {
    await using redis = await startRedis();
    await using two = await twoOn(redis);
    const [one, other] = two.servers;
    while ((await metric(one, 'comanda_quotas_servers')) < 2) await breath();
    await redis.kill();

    const degraded = await until(one, isDegraded);
    const alone = await Promise.all(times(40, () => look(one)));
    const measured = await metric(one, 'comanda_quotas_degraded');
    await redis.start();
    await until(one, (answer) => !isDegraded(answer));
    await until(other, (answer) => !isDegraded(answer));
    const answers = await Promise.all(times(80, (n) => look(two.servers[n % 2 === 0 ? 0 : 1])));

    expect(degraded.headers.get('ratelimit-policy')).toBe('"anonymous.read";q=10;w=86400');
    expect(passed(alone)).toBeLessThanOrEqual(10);
    expect(new Set(statuses(alone))).toEqual(new Set([200, 429]));
    expect(measured).toBe(1);
    expect(await metric(one, 'comanda_quotas_degraded')).toBe(0);
    expect(passed(answers)).toBeLessThanOrEqual(20);
    expect(one.output()).toMatch(/Quotas are counted by this process alone/);
    expect(one.output()).toMatch(/Quotas are shared again/);
  });
});

describe('a server whose Redis', () => {
  test('P31 is down at the start serves all the same, and signs people in', async () => {
    await using redis = await stoppedRedis();
    using folder = dataFolder();
    await using server = await opened(folder.path, redis);

    const { user } = await server.signIn('waiter');
    const answers = await Promise.all(times(30, () => look(server)));

    expect(user.role).toBe('waiter');
    expect(passed(answers)).toBe(20);
    expect(isDegraded(answers[0] ?? new Response())).toBe(true);
  });

  test('P31 stalls keeps answering, and limits sign-ins by itself', async () => {
    await using redis = await startRedis();
    using folder = dataFolder();
    await using server = await opened(folder.path, redis);
    const guess = () =>
      fetch(`${server.url}/trpc/auth.login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ json: { identifier: 'waiter', password: 'not this one' } }),
      });
    redis.stall();

    const looks = await Promise.all(times(15, () => look(server)));
    const guesses: Response[] = [];
    for (let n = 0; n < 8; n += 1) guesses.push(await guess());
    redis.resume();

    expect(passed(looks)).toBe(15);
    expect(statuses(guesses)).toEqual([401, 401, 401, 401, 401, 429, 429, 429]);
  });
});
