import { hearingOf } from '@comanda/domains/orders/orders.hearing.rules';
import type { Told } from '@comanda/domains/orders/orders.told.schema';
import { anyone, signedIn } from '@comanda/domains/trpc';
import { kernelErrors } from '@comanda/kernel/kernel.errors';
import type { Role } from '@comanda/kernel/access';
import { eventsAfter } from '@comanda/storage/outbox';
import { acrossRestaurants } from '@comanda/storage/tenancy';
import { behind } from '@comanda/testing/author';
import { tracked } from '@trpc/server';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openApp } from '../app.ts';
import { inTurn } from '../auth/callers.ts';
import { bothWays, heardBoth, type Text } from '../lab/both-ways.ts';
import { step } from '../lab/feed.procedures.ts';
import { openFeed } from '../lab/feeding.ts';
import { shownBy } from '../lab/following.ts';
import { Walk } from '../orders/walking.ts';

// Streams are written past tRPC. What it would have written itself is written byte for byte.

interface Said {
  id: string | null;
  told: unknown;
}

const leaf = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.double(),
  fc.boolean(),
  fc.constantFrom(null, undefined),
  fc.bigInt(),
  fc.date({ noInvalidDate: true }),
);
const told = fc.oneof(leaf, fc.array(leaf), fc.dictionary(fc.string(), leaf), fc.object());
const id = fc.stringMatching(/^[\w-]{1,20}$/);
const said = fc.array(fc.record({ id: fc.option(id), told }), { maxLength: 8 });

/** Says whatever a test wants said, and ends as it wants. */
function newLab() {
  const lab = { said: [] as Said[], end: undefined as Error | undefined };
  const says = async function* () {
    for (const { id: named, told: what } of lab.said) {
      yield named === null ? what : tracked(named, what);
    }
    if (lab.end) throw lab.end;
  };
  const any = z.strictObject({ n: z.int().optional(), lastEventId: z.string().optional() });
  const procedures = {
    says: anyone(kernelErrors.STREAM_RESET).subscription(says),
    asks: anyone()
      .input(any.optional())
      .subscription(async function* ({ input }) {
        yield tracked('1', input);
      }),
    own: signedIn().subscription(says),
  };
  return { lab, procedures };
}

async function whole(texts: [Text, Text]) {
  const [ours, plain] = await Promise.all(texts.map((text) => text.whole()));
  return { ours, plain };
}

describe('a stream is written as tRPC writes it', () => {
  test('whatever it tells, with ids and without', async () => {
    const { lab, procedures } = newLab();
    await using app = await openApp({ lab: procedures });
    const url = await app.listen();

    await fc.assert(
      fc.asyncProperty(said, fc.option(id), async (sayings, last) => {
        lab.said = sayings;
        const headers = { ...(last !== null && { 'last-event-id': last }) };

        const { ours, plain } = await whole(await bothWays(url, { path: 'lab.says', headers }));

        expect(ours).toBe(plain);
        // superjson writes no object with a key like __proto__, and a stream ends there.
        expect(ours).toMatch(/event: (return\ndata: |serialized-error\ndata: .+)\n\n\n$/);
      }),
      { numRuns: 60, examples: [[[{ id: '1', told: { ['__proto__']: null } }], null]] },
    );
  });

  test('to its end, when nothing goes wrong', async () => {
    const { lab, procedures } = newLab();
    lab.said = [{ id: '1', told: { day: new Date(0) } }];
    await using app = await openApp({ lab: procedures });

    const { ours, plain } = await whole(await bothWays(await app.listen(), { path: 'lab.says' }));

    expect(ours).toBe(plain);
    expect(ours).toMatch(/event: return\ndata: \n\n\n$/);
  });

  test.each([
    ['a declared refusal', kernelErrors.STREAM_RESET(), /STREAM_RESET/],
    ['a refusal that is not declared', kernelErrors.NOT_FOUND({ what: 'x' }), /INTERNAL/],
    ['a fault', new Error('secret'), /INTERNAL/],
    ['somebody hanging up', new DOMException('gone', 'AbortError'), /data: 1\n\n\n$|INTERNAL/],
  ])('up to its end by %s', async (_, end, says) => {
    const { lab, procedures } = newLab();
    Object.assign(lab, { said: [{ id: '1', told: 1 }], end });
    await using app = await openApp({ lab: procedures });
    app.expectFaults();

    const { ours, plain } = await whole(await bothWays(await app.listen(), { path: 'lab.says' }));

    expect(ours).toBe(plain);
    expect(ours).toMatch(says);
  });

  const asked: [string, Parameters<typeof bothWays>[1]][] = [
    ['by GET', { path: 'lab.asks', input: { n: 1 } }],
    ['by POST', { path: 'lab.asks', input: { n: 1 }, method: 'POST' }],
    ['by POST without a word', { path: 'lab.asks', method: 'POST' }],
    ['without an input', { path: 'lab.asks' }],
    ['behind an event', { path: 'lab.asks', input: { n: 1 }, headers: { 'last-event-id': '7' } }],
    ['behind an event alone', { path: 'lab.asks', headers: { 'last-event-id': '7' } }],
    ['behind nothing', { path: 'lab.asks', headers: { 'last-event-id': '' } }],
    ['for what is no object', { path: 'lab.asks', input: 1, headers: { 'last-event-id': '7' } }],
    ['with a wrong input', { path: 'lab.asks', input: { n: 'one' } }],
    ['by a page', { path: 'lab.says', headers: { origin: 'https://shop.example' } }],
    ['by nobody', { path: 'lab.own' }],
    ['with a bad token', { path: 'lab.own', headers: { authorization: 'Bearer x' } }],
  ];

  test.each(asked)('asked for %s: status, headers and all', async (_, asking) => {
    await using app = await openApp({ lab: newLab().procedures });

    const texts = await bothWays(await app.listen(), asking);
    const { ours, plain } = await whole(texts);

    expect(texts[0].answer.status).toBe(texts[1].answer.status);
    expect(texts[0].headers).toEqual(texts[1].headers);
    expect(ours).toBe(plain);
  });

  test('with what cannot be read as JSON', async () => {
    await using app = await openApp({ lab: newLab().procedures });
    const url = await app.listen();
    const ask = async (search: string) => {
      const answer = await fetch(`${url}/trpc/lab.asks?input=${search}`);
      const text = (await answer.text()).replace(/"requestId":"[^"]+"/, '');
      return { text, status: answer.status };
    };

    const wrapped = '%7B%22json%22%3A1%2C%22meta%22%3A%5B%5D%7D';
    for (const input of ['{', '1', 'null', wrapped, '?&input=1', '?&lastEventId=7']) {
      expect(await ask(input)).toEqual(await ask(`${input}&connectionParams=null`));
    }
  });
});

describe('a stream that is poured out tells what it tells one by one', () => {
  test('of anything that happens, in whatever bursts', async () => {
    await using service = await openFeed();
    const { app, url } = service;
    const headers = await shownBy(app, 'waiter');
    const texts = await bothWays(url, { path: 'lab.follow', input: {}, headers });
    const bursts = fc.array(
      fc.record({ size: fc.integer({ min: 1, max: 9 }), secret: fc.boolean() }),
    );
    let n = 0;
    let open = 1;

    for (const { size, secret } of fc.sample(bursts, { numRuns: 12, seed: 46 }).flat()) {
      const ns = Array.from({ length: size }, () => (n += 1));
      await step(app, ns, { secret });
      if (!secret) open += size;
    }
    await heardBoth(texts, open);
    const [ours, plain] = texts.map(({ heard }) => heard);
    for (const text of texts) await text[Symbol.asyncDispose]();

    expect(ours).toBe(plain);
    expect(open).toBeGreaterThan(20);
  });

  test('of a day of orders, to each of those who watch at once what is theirs', async () => {
    await using app = await openApp();
    const url = await app.listen();
    const walk = await Walk.begun(app, { type: 'delivery', seed: 22 });
    const { restaurantId, staff } = app.home;
    const open = async (path: string, who: Role, input: unknown = {}) =>
      bothWays(url, { path, input, headers: await shownBy(app, who) });
    const roles = ['manager', 'delivery_crew', 'waiter'] as const;
    const watching = await inTurn(roles.length, (at) => open('orders.watch', roles[at] ?? 'admin'));
    const cooking = [
      await open('kitchen.watch', 'chef'),
      await open('kitchen.watch', 'chef', { station: 'grill' }),
    ];

    for (let moves = 0; moves < 40; moves += 1) await walk.step();
    const em = acrossRestaurants(app.house.database, behind(app.clock));
    const { events } = await eventsAfter(em, restaurantId, { seq: 0, limit: 1_000 });
    const due = roles.map((role) => {
      const watcher = { role, id: staff[role].id, isGuest: false };
      return events.flatMap(({ seq, data }) => {
        const hearing = hearingOf(watcher, data as Told);
        return hearing ? [`${seq} ${hearing}`] : [];
      });
    });
    await inTurn(roles.length, (at) => heardBoth(watching[at] as Pair, 1 + (due[at]?.length ?? 0)));
    const both = [...watching, ...cooking].map((pair) => pair.map(({ heard }) => heard));
    for (const text of [...watching, ...cooking].flat()) await text[Symbol.asyncDispose]();

    for (const [ours, plain] of both) expect(ours).toBe(plain);
    expect(both.slice(0, roles.length).map(([ours = '']) => heardIn(ours))).toEqual(due);
    expect(new Set(due.flat().map((one) => one.split(' ')[1]))).toEqual(new Set(['order', 'gone']));
  });
});

type Pair = [Text, Text];

/** Of every event its place, and whether it told of an order or that it is gone. */
function heardIn(text: string): string[] {
  return [...text.matchAll(/^data: (\{.*\})\nid: \w+-(\d+)$/gm)].flatMap(([, data = '', seq]) => {
    const { kind } = (JSON.parse(data) as { json: { kind: string } }).json;
    return kind === 'ready' ? [] : [`${seq} ${kind === 'gone' ? 'gone' : 'order'}`];
  });
}
