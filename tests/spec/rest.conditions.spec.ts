import { HOUR } from '@comanda/kernel/time';
import type { TestApp } from '@comanda/testing';
import { describe, expect, test } from 'vitest';
import { openApp } from '../app.ts';
import { ask } from '../http.ts';
import { askRest, problemIn } from '../rest/asking.ts';
import { MIRROR } from '../rest/document.ts';

/** A call of one manager who is signed in once. */
async function managerOf(app: TestApp) {
  const { accessToken: token } = await app.session('manager');
  return (name: string, input: object, headers: Record<string, string> = {}) =>
    askRest(app, name, { input, token, headers });
}

const tagOf = ({ headers }: Response) => headers.get('etag') ?? '';

describe('what the caller has already', () => {
  test('is not told again until it is another', async () => {
    await using app = await openApp();
    const call = await managerOf(app);

    const first = await call('profile.show', {});
    const same = await call('profile.show', {}, { 'if-none-match': tagOf(first) });
    await call('profile.update', { bio: 'Likes cheese.' });
    const other = await call('profile.show', {}, { 'if-none-match': tagOf(first) });

    expect(tagOf(first)).toMatch(/^"0-[\w-]{16}"$/);
    expect([same.status, await same.text(), tagOf(same)]).toEqual([304, '', tagOf(first)]);
    expect(same.headers.get('vary')).toBe(first.headers.get('vary'));
    expect(same.headers.get('cache-control')).toBe('private, no-cache');
    expect([other.status, tagOf(other) === tagOf(first)]).toEqual([200, false]);
  });

  test.each([
    ['a weak tag', (tag: string) => `W/${tag}`, 304],
    ['one of several', (tag: string) => `"x", ${tag} , "y"`, 304],
    ['any', () => '*', 304],
    ['another', () => '"x"', 200],
    ['no tag at all', () => 'nonsense', 200],
    ['the tag without quotes', (tag: string) => tag.slice(1, -1), 200],
  ])('is known by %s', async (_, known, status) => {
    await using app = await openApp();
    const call = await managerOf(app);
    const tag = tagOf(await call('books.list', {}));

    const answer = await call('books.list', {}, { 'if-none-match': known(tag) });

    expect(answer.status).toBe(status);
  });

  test('HEAD is answered alike', async () => {
    await using app = await openApp();
    const tag = tagOf(await ask(app, `${MIRROR}/books`));

    const head = await ask(app, `${MIRROR}/books`, {
      method: 'HEAD',
      headers: { 'if-none-match': tag },
    });

    expect(head.status).toBe(304);
  });

  test('P13 is not told to whoever may not see it, though they name its tag', async () => {
    await using app = await openApp();
    const call = await managerOf(app);
    const tag = tagOf(await call('people.list', {}));

    const stranger = await ask(app, `${MIRROR}/people`, { headers: { 'if-none-match': tag } });

    expect(await problemIn(stranger)).toMatchObject({ status: 401 });
    expect(stranger.headers.get('etag')).toBeNull();
  });
});

describe('a change of what the caller has seen', () => {
  test('P19 is made once: the tag of GET, and that of the change before, name the version', async () => {
    await using app = await openApp();
    const call = await managerOf(app);
    const seen = tagOf(await call('profile.show', {}));

    const first = await call('profile.update', { bio: 'One.' }, { 'if-match': seen });
    const late = await call('profile.update', { bio: 'Two.' }, { 'if-match': seen });
    const next = await call('profile.update', { bio: 'Three.' }, { 'if-match': tagOf(first) });

    expect([first.status, next.status]).toEqual([200, 200]);
    expect(await problemIn(late)).toMatchObject({ status: 412, code: 'VERSION_CONFLICT' });
    expect(await (await call('profile.show', {})).json()).toMatchObject({ bio: 'Three.' });
  });

  test('P19 is a conflict of the domain for whoever names the version in the body', async () => {
    await using app = await openApp();
    const call = await managerOf(app);

    const answer = await call('profile.update', { bio: 'One.', expectedVersion: 7 });

    expect(await problemIn(answer)).toMatchObject({ status: 409, code: 'VERSION_CONFLICT' });
  });

  test('is made whatever the version, if any will do', async () => {
    await using app = await openApp();
    const call = await managerOf(app);

    const answer = await call('profile.update', { bio: 'One.' }, { 'if-match': '*' });

    expect(answer.status).toBe(200);
  });

  test.each(['W/"0-abc"', '"abc"', '"99"', '"0-a", "1-b"', 'nonsense', '""', '"-1"'])(
    'P19 is not made when the tag is %s',
    async (tag) => {
      await using app = await openApp();
      const call = await managerOf(app);

      const answer = await call('profile.update', { bio: 'One.' }, { 'if-match': tag });

      expect(await problemIn(answer)).toMatchObject({ status: 412, code: 'VERSION_CONFLICT' });
      expect(await (await call('profile.show', {})).json()).toMatchObject({ bio: '' });
    },
  );

  test('P19 is not made under a condition that the call cannot judge', async () => {
    await using app = await openApp();
    const call = await managerOf(app);
    const tableId = await app.given.table();

    const answer = await call('tables.remove', { tableId }, { 'if-match': '"1"' });

    const { status, details } = await problemIn(answer);
    expect(status).toBe(400);
    expect(details.issues).toEqual([{ path: 'If-Match', message: 'this call takes no version' }]);
    expect(await (await call('tables.list', {})).json()).toMatchObject({
      items: [{ id: tableId }],
    });
  });
});

describe('a list', () => {
  test('S2-08 names its next page, until there is none', async () => {
    await using app = await openApp();
    const call = await managerOf(app);
    const made = [1, 2, 3, 4, 5].map((at) => `Table ${at}`);
    for (const name of made) await app.given.table({ name });
    const { accessToken } = await app.session('manager');

    const names: string[] = [];
    const pages: number[] = [];
    let next: string | undefined = `${MIRROR}/tables?limit=2`;
    while (next) {
      const answer = await ask(app, next, { headers: { authorization: `Bearer ${accessToken}` } });
      const { items } = (await answer.json()) as { items: { name: string }[] };
      names.push(...items.map(({ name }) => name));
      pages.push(items.length);
      next = /^<([^>]+)>; rel="next"$/.exec(answer.headers.get('link') ?? '')?.[1];
    }
    const all = await call('tables.list', { limit: 100 });

    expect(names.toSorted()).toEqual(made);
    expect(pages).toEqual([2, 2, 1]);
    expect(all.headers.get('link')).toBeNull();
  });

  test('keeps what was asked besides, letter by letter', async () => {
    await using app = await openApp();
    const call = await managerOf(app);
    for (const at of [1, 2]) await app.given.table({ name: `T${at}`, section: 'Bar & "Garten" é' });

    const answer = await call('tables.list', { limit: 1, section: 'Bar & "Garten" é' });

    const [, url = ''] = /^<([^>]+)>; rel="next"$/.exec(answer.headers.get('link') ?? '') ?? [];
    const { searchParams } = new URL(url, 'http://localhost');
    expect(searchParams.get('section')).toBe('Bar & "Garten" é');
    expect(searchParams.getAll('limit')).toEqual(['1']);
    expect(url).toMatch(/^[\x21-\x7e]+$/);
  });
});

describe('a call with an Idempotency-Key', () => {
  const clockIn = (app: TestApp, token: string, sent: { key?: string; body?: object }) =>
    ask(app, `${MIRROR}/shifts/clock-in`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        ...(sent.key !== undefined && { 'idempotency-key': sent.key }),
      },
      body: JSON.stringify(sent.body ?? {}),
    });

  test('P15 is done once and answered alike, in quotes or bare, later too', async () => {
    await using app = await openApp();
    await app.given.shift({ personId: app.home.staff.waiter.id });
    const { accessToken } = await app.session('waiter');

    const first = await clockIn(app, accessToken, { key: '"key-of-mine-1"' });
    app.clock.advance(HOUR / 6);
    const again = await clockIn(app, accessToken, { key: 'key-of-mine-1' });
    const other = await clockIn(app, accessToken, { key: 'key-of-mine-2' });

    const [one, two] = [await first.text(), await again.text()];
    expect([first.status, again.status]).toEqual([200, 200]);
    expect(two).toBe(one);
    expect(await problemIn(other)).toMatchObject({ status: 409, code: 'ALREADY_CLOCKED_IN' });
  });

  test('P15 is the same call by tRPC', async () => {
    await using app = await openApp();
    await app.given.shift({ personId: app.home.staff.waiter.id });
    const { accessToken } = await app.session('waiter');

    const byRest = await clockIn(app, accessToken, { key: '"key-of-mine-1"' });
    const byTrpc = await app
      .withToken(accessToken)
      .shifts.clockIn.mutate({ idempotencyKey: 'key-of-mine-1' });

    expect(await byRest.json()).toEqual(JSON.parse(JSON.stringify(byTrpc)));
  });

  test('P16 is refused when something else was said with that key', async () => {
    await using app = await openApp();
    await app.given.shift({ personId: app.home.staff.waiter.id });
    const { accessToken } = await app.session('waiter');
    await clockIn(app, accessToken, { key: '"key-of-mine-1"' });

    const answer = await clockIn(app, accessToken, {
      key: '"key-of-mine-1"',
      body: { place: { latitude: 1, longitude: 2 } },
    });

    expect(await problemIn(answer)).toMatchObject({ status: 422, code: 'IDEMPOTENCY_MISMATCH' });
  });

  test('is refused without the key, and told so', async () => {
    await using app = await openApp();
    const { accessToken } = await app.session('waiter');

    const answer = await clockIn(app, accessToken, {});

    const { status, details } = await problemIn(answer);
    expect(status).toBe(400);
    expect(details.issues).toMatchObject([{ path: 'idempotencyKey' }]);
  });

  test.each(['""', '" "', 'x'.repeat(300), 'a, b'])('is refused with %s for a key', async (key) => {
    await using app = await openApp();
    const { accessToken } = await app.session('waiter');

    const answer = await clockIn(app, accessToken, { key });

    expect((await problemIn(answer)).details.issues).toMatchObject([{ path: 'idempotencyKey' }]);
  });
});
