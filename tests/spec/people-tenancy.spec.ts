import { newId } from '@comanda/kernel/id';
import type { TestApp } from '@comanda/testing';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';

/** Status and body of a call, byte by byte but for the request id. */
async function answerTo(
  app: TestApp,
  { token, path, input }: { token: string; path: string; input: object },
): Promise<string> {
  const isQuery = path === 'people.show';
  const json = JSON.stringify({ json: input });
  const url = `http://localhost/trpc/${path}${isQuery ? `?input=${encodeURIComponent(json)}` : ''}`;
  const answer = await app.fetch(url, {
    method: isQuery ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(!isQuery && { body: json }),
  });
  const text = await answer.text();
  return `${answer.status} ${text.replace(/"requestId":"[^"]+"/, '"requestId":"…"')}`;
}

const NAMING_A_PERSON = [
  ['people.show', {}],
  ['people.setRole', { role: 'waiter' }],
  ['people.setLevel', { level: 1 }],
  ['people.deactivate', {}],
  ['people.reactivate', {}],
  ['people.issueResetCode', {}],
] as const;

const NAMING_A_RESTAURANT = [
  ['people.show', {}],
  ['people.setRole', { role: 'waiter' }],
  ['people.setLevel', { level: 1 }],
  ['people.deactivate', {}],
  ['people.reactivate', {}],
  ['people.issueResetCode', {}],
  ['people.create', { username: 'petra', password: 'correct horse battery', role: 'chef' }],
] as const;

describe('the staff of another restaurant', () => {
  test.each(NAMING_A_PERSON)(
    'S3-11 %s of a stranger and of nobody is answered by the same bytes',
    async (path, more) => {
      await using app = await openApp();
      const restaurantId = await app.given.restaurant();
      const stranger = await app.given.person({ role: 'chef', restaurantId });
      const { accessToken: token } = await app.session('manager');

      const ofStranger = await answerTo(app, {
        token,
        path,
        input: { ...more, personId: stranger.id },
      });
      const ofNobody = await answerTo(app, { token, path, input: { ...more, personId: newId() } });

      expect(ofStranger).toBe(ofNobody);
      expect(ofStranger).toMatch(/^404 .*"reason":"NOT_FOUND"/);
    },
  );

  test.each(NAMING_A_RESTAURANT)(
    'S3-11 a manager who names another restaurant in %s is told that there is none',
    async (path, more) => {
      await using app = await openApp();
      const restaurantId = await app.given.restaurant();
      const { id: personId } = await app.given.person({ role: 'chef', restaurantId });
      const { accessToken: token } = await app.session('manager');
      const input = path === 'people.create' ? more : { ...more, personId };

      const ofAnother = await answerTo(app, { token, path, input: { ...input, restaurantId } });
      const ofNone = await answerTo(app, {
        token,
        path,
        input: { ...input, restaurantId: newId() },
      });

      expect(ofAnother).toBe(ofNone);
      expect(ofAnother).toMatch(/^404 .*"what":"restaurant"/);
    },
  );

  test('S3-11 a refused change leaves the stranger as they were', async () => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant();
    const stranger = await app.given.person({ role: 'chef', restaurantId });
    const { people } = app.as('manager');

    await refusalOf(people.setRole.mutate({ personId: stranger.id, role: 'waiter' }));
    await refusalOf(people.deactivate.mutate({ personId: stranger.id }));

    const seen = app.as('admin').people.show.query({ restaurantId, personId: stranger.id });
    expect(await seen).toMatchObject({ role: 'chef', active: true, version: 1 });
  });

  test('a manager may name their own restaurant', async () => {
    await using app = await openApp();
    const { restaurantId } = app.home;

    const { items } = await app.as('manager').people.list.query({
      restaurantId: restaurantId.toUpperCase(),
      role: 'chef',
    });

    expect(items.map(({ username }) => username)).toEqual(['chef']);
  });
});

describe('an admin in another restaurant', () => {
  test('sees its staff and no other', async () => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant();
    const chef = await app.given.person({ role: 'chef', restaurantId });
    const { people } = app.as('admin');

    const { items } = await people.list.query({ restaurantId });

    expect(items.map(({ id }) => id)).toEqual([chef.id]);
  });

  test('hires, promotes and deactivates there', async () => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant();
    const { people } = app.as('admin');
    const hired = await people.create.mutate({ restaurantId, existing: 'chef', role: 'waiter' });

    await people.setRole.mutate({ restaurantId, personId: hired.id, role: 'head_chef' });
    const gone = await people.deactivate.mutate({ restaurantId, personId: hired.id });

    expect(gone).toMatchObject({ role: 'head_chef', active: false });
    expect(await people.show.query({ personId: hired.id })).toMatchObject({
      role: 'chef',
      active: true,
    });
  });

  test('who names a restaurant that nobody knows is told so', async () => {
    await using app = await openApp();

    const refused = await refusalOf(app.as('admin').people.list.query({ restaurantId: newId() }));

    expect(refused).toMatchObject({
      reason: 'NOT_FOUND',
      httpStatus: 404,
      details: { what: 'restaurant' },
    });
  });

  test.each(['home', 17, null, { $ne: null }, ['x']])(
    '%j names no restaurant',
    async (restaurantId) => {
      await using app = await openApp();

      const refused = await refusalOf(app.as('admin').people.list.query({ restaurantId } as never));

      expect(['VALIDATION', 'NOT_FOUND']).toContain(refused.reason);
    },
  );
});
