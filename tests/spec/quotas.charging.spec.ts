import { allow, anyone, signedIn } from '@comanda/domains/trpc';
import { MINUTE, SECOND } from '@comanda/kernel/time';
import { EXPORT_UNITS } from '@comanda/quotas/role-policies';
import { policy } from '@comanda/quotas/rates';
import type { TestApp } from '@comanda/testing';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openApp, refusalOf } from '../app.ts';
import { ask, post, toldIn } from '../http.ts';
import { times } from '../recording.ts';

const lab = {
  look: anyone().query(() => 'seen'),
  change: signedIn().mutation(() => 'changed'),
  manage: allow('quota.set').query(() => 'managed'),
  parse: anyone()
    .input(z.strictObject({ n: z.int() }))
    .query(() => 'parsed'),
  export: signedIn()
    .meta({ price: { units: EXPORT_UNITS } })
    .query(() => 'exported'),
  narrow: signedIn()
    .meta({
      price: {
        budget: { policy: policy('lab.narrow', '5/day'), per: 'account', counts: 'every try' },
      },
    })
    .mutation(() => 'narrow'),
  ticks: signedIn().subscription(async function* ticks() {
    yield await Promise.resolve(1);
  }),
};

const open = (options: Parameters<typeof openApp>[0] = {}) =>
  openApp({ lab, quotas: 'preset', ...options });

/** A caller by HTTP that shows one token, or none. */
async function caller(app: TestApp, who: Parameters<TestApp['session']>[0] | 'anonymous') {
  const token = who === 'anonymous' ? undefined : (await app.session(who)).accessToken;
  const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
  return {
    headers,
    look: () => ask(app, '/trpc/lab.look', { headers }),
    get: (path: string) => ask(app, `/trpc/${path}`, { headers }),
    post: (path: string) => post(app, `/trpc/${path}`, { headers }),
  };
}

const statuses = (answers: Response[]) => answers.map(({ status }) => status);
const count = (answers: Response[], status: number) =>
  statuses(answers).filter((one) => one === status).length;

describe('the budget of a role', () => {
  test.each([
    ['S2-15 S0-41 nobody signed in', 'anonymous', 20],
    ['S2-15 a customer', 'customer', 100],
    ['S2-15 an admin', 'admin', 100],
  ] as const)('%s: %s reads so often a minute, and no more', async (_, who, limit) => {
    await using app = await open();
    const { look } = await caller(app, who);

    const answers = await Promise.all(times(limit + 7, look));
    app.clock.advance(MINUTE / limit);

    expect(count(answers, 200)).toBe(limit);
    expect(count(answers, 429)).toBe(7);
    expect(statuses([await look(), await look()])).toEqual([200, 429]);
  });

  test.each([
    ['S0-40', 'customer', 20],
    ['S0-40', 'waiter', 50],
    ['S0-40', 'sous_chef', 100],
    ['S0-40', 'head_chef', 500],
    ['S0-40', 'master_chef', 1_000],
  ] as const)('%s %s writes so often, and no more', async (_, who, limit) => {
    await using app = await open({ preset: 'strict' });
    const { post } = await caller(app, who);

    const answers = await Promise.all(times(limit + 1, () => post('lab.change')));

    expect(count(answers, 200)).toBe(limit);
    expect(count(answers, 429)).toBe(1);
  });

  test('S1-24 S1-25 strict has a longer window beside the short one, and both bind', async () => {
    await using app = await open({ preset: 'strict' });
    const { look } = await caller(app, 'customer');
    const minute = async () => {
      app.clock.advance(MINUTE);
      return count(await Promise.all(times(101, look)), 200);
    };

    const passed: number[] = [];
    for (let n = 0; n < 11; n += 1) passed.push(await minute());

    // 1000 an hour refill by 16 a minute meanwhile.
    expect(passed).toEqual([...Array(10).fill(100), 100 + 66].slice(0, 10).concat(100));
    expect((await toldIn(await look())).details).toMatchObject({ scope: 'customer.read' });
  });

  test('reads and writes are counted apart', async () => {
    await using app = await open();
    const { look, post } = await caller(app, 'customer');
    await Promise.all(times(20, () => post('lab.change')));

    expect((await post('lab.change')).status).toBe(429);
    expect((await look()).status).toBe(200);
  });

  test('S0-40 each person has their own, wherever they call from', async () => {
    await using app = await open();
    const [one, two] = [await app.given.person(), await app.given.person()];
    const ofOne = [await caller(app, one), await caller(app, one)] as const;
    const ofTwo = await caller(app, two);
    await Promise.all(times(50, () => [ofOne[0].look(), ofOne[1].look()]).flat());

    expect((await ofOne[0].look()).status).toBe(429);
    expect((await ofTwo.look()).status).toBe(200);
    expect((await (await caller(app, 'anonymous')).look()).status).toBe(200);
  });

  test('P30 of 200 calls at once exactly as many pass as there are', async () => {
    await using app = await open();
    const { look } = await caller(app, 'waiter');

    const answers = await Promise.all(times(200, look));

    expect(count(answers, 200)).toBe(100);
  });
});

describe('what a call costs', () => {
  test('P30 a batch of ten costs ten, and is refused call by call', async () => {
    await using app = await open();
    const { get } = await caller(app, 'anonymous');
    const batch = () => get(`${Array(10).fill('lab.look').join(',')}?batch=1`);
    await batch();
    await get('lab.look');
    await get('lab.look');

    const mixed = await batch();
    const calls = (await mixed.json()) as { error?: { json: { data: Record<string, unknown> } } }[];
    const refused = calls.flatMap(({ error }) => (error ? [error.json.data] : []));

    expect(mixed.status).toBe(207);
    expect(calls.filter(({ error }) => !error)).toHaveLength(8);
    expect(refused).toHaveLength(2);
    expect(refused[0]).toMatchObject({
      reason: 'QUOTA_EXCEEDED',
      httpStatus: 429,
      details: { scope: 'anonymous.read', limit: 20, retryAfterMs: 3_000 },
    });
    expect(mixed.headers.get('retry-after')).toBe('3');
  });

  test('what is refused for the role or the input is charged too', async () => {
    await using app = await open();
    const { get } = await caller(app, 'anonymous');
    await Promise.all(times(10, () => get('lab.manage')));
    await Promise.all(times(10, () => get('lab.parse')));

    expect((await get('lab.look')).status).toBe(429);
  });

  test('a token that is no good is told so, and costs nobody anything', async () => {
    await using app = await open();
    const bad = () => ask(app, '/trpc/lab.look', { headers: { authorization: 'Bearer none' } });
    const answers = await Promise.all(times(30, bad));

    expect(count(answers, 401)).toBe(30);
    expect((await (await caller(app, 'anonymous')).look()).status).toBe(200);
  });

  test('an export costs twenty reads', async () => {
    await using app = await open();
    const { get } = await caller(app, 'manager');

    const answers = await Promise.all(times(6, () => get('lab.export')));

    expect([count(answers, 200), count(answers, 429)]).toEqual([5, 1]);
  });

  test('S1-27 the budget of a procedure is taken in place of the role’s: the sixth is refused', async () => {
    await using app = await open();
    const { post } = await caller(app, 'admin');

    const answers = await Promise.all(times(6, () => post('lab.narrow')));

    expect([count(answers, 200), count(answers, 429)]).toEqual([5, 1]);
    expect((await post('lab.change')).headers.get('ratelimit')).toBe('"admin.write";r=999;t=1');
    const refused = answers.find(({ status }) => status === 429);
    expect(refused && (await toldIn(refused)).details).toMatchObject({ scope: 'lab.narrow' });
  });

  test('a stream costs one read, and is refused by its status', async () => {
    await using app = await open();
    const { get } = await caller(app, 'customer');
    await Promise.all(times(98, () => get('lab.look')));

    const stream = await get('lab.ticks');
    const last = await get('lab.look');
    const refused = await get('lab.ticks');

    expect([stream.status, last.status, refused.status]).toEqual([200, 200, 429]);
    expect(stream.headers.get('ratelimit')).toMatch(/^"customer.read";r=1;/);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(await toldIn(refused)).toMatchObject({ reason: 'QUOTA_EXCEEDED' });
  });

  test('a price beyond a budget is a mistake that stops the start', async () => {
    const dear = {
      dear: anyone()
        .meta({ price: { units: 21 } })
        .query(() => 'dear'),
    };

    await expect(open({ lab: dear })).rejects.toThrow('anonymous.read: cost 21 can never pass');
  });
});

describe('what every answer tells', () => {
  test('S0-43 P32 limit, what is left, and when there is more', async () => {
    await using app = await open({ preset: 'strict' });
    const { look } = await caller(app, 'waiter');

    const { headers } = await look();

    expect(headers.get('ratelimit-policy')).toBe(
      '"waiter.read";q=100;w=60, "waiter.read.sustained";q=1000;w=3600',
    );
    expect(headers.get('ratelimit')).toBe(
      '"waiter.read";r=99;t=1, "waiter.read.sustained";r=999;t=4',
    );
  });

  test('S1-28 P32 a refusal says how long to wait, and after that the call passes', async () => {
    await using app = await open();
    const { look } = await caller(app, 'anonymous');
    await Promise.all(times(20, look));

    const refused = await look();
    const wait = Number(refused.headers.get('retry-after'));
    app.clock.advance(wait * SECOND);
    const answered = await look();

    expect(refused.status).toBe(429);
    expect(wait).toBe(3);
    expect(refused.headers.get('ratelimit')).toBe('"anonymous.read";r=0;t=3');
    expect(answered.status).toBe(200);
  });

  test('P32 signing in tells what is counted for the address, and nothing that is counted for a person', async () => {
    await using app = await open();
    const login = (password: string) =>
      post(app, '/trpc/auth.login', {
        body: JSON.stringify({ json: { identifier: 'waiter', password } }),
      });

    const wrong = await login('not this one');
    const right = await login('correct horse battery');

    expect(wrong.headers.get('ratelimit')).toBe('"login.address";r=19;t=3');
    expect(right.headers.get('ratelimit')).toBe('"login.address";r=19;t=3');
    expect(right.status).toBe(200);
  });

  test('S0-43 the published client knows after each call where it stands', async () => {
    await using app = await open();
    const waiter = app.as('waiter');
    await waiter.permissions.mine.query();

    expect(waiter.quota).toEqual([
      { name: 'waiter.read', limit: 100, windowMs: MINUTE, remaining: 99, resetMs: SECOND },
    ]);
  });

  test('the published client is told in its own words', async () => {
    await using app = await open();
    const anonymous = app.as('anonymous');
    await Promise.all(times(20, () => anonymous.quotas.policy.query()));

    const refused = await refusalOf(anonymous.quotas.policy.query());

    expect(refused).toMatchObject({
      reason: 'QUOTA_EXCEEDED',
      details: { scope: 'anonymous.read', limit: 20, retryAfterMs: 3_000 },
    });
  });
});

describe('who is counted together', () => {
  const from = (address: string) => ({ headers: { 'x-forwarded-for': address } });
  const look = (app: TestApp, address: string) => ask(app, '/trpc/lab.look', from(address));

  test('S1-30 P33 callers behind a trusted proxy by their own address, IPv6 by /64', async () => {
    await using app = await open({ config: { trustProxy: ['127.0.0.1/32'] } });

    const one = await Promise.all(times(21, () => look(app, '203.0.113.7')));
    const other = await look(app, '203.0.113.8');
    const six = await Promise.all(times(21, (n) => look(app, `2001:db8:1:2::${n}`)));
    const neighbour = await look(app, '2001:db8:1:3::1');

    expect([count(one, 200), count(six, 200)]).toEqual([20, 20]);
    expect([other.status, neighbour.status]).toEqual([200, 200]);
  });

  test('S1-30 P33 a header without a trusted proxy changes nothing', async () => {
    await using app = await open();

    const answers = await Promise.all(times(40, (n) => look(app, `203.0.113.${n}`)));

    expect(count(answers, 200)).toBe(20);
  });

  test('a person is not counted with who calls from the same address', async () => {
    await using app = await open();
    const guest = await caller(app, 'anonymous');
    await Promise.all(times(25, guest.look));

    const manager = await (await caller(app, 'manager')).look();

    expect(manager.headers.get('ratelimit')).toBe('"manager.read";r=99;t=1');
  });
});
