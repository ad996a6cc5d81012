import { newId } from '@comanda/kernel/id';
import type { TestApp } from '@comanda/testing';
import { describe, expect, test } from 'vitest';
import { openApp } from '../app.ts';
import { outcomeOf } from '../auth/callers.ts';
import { ask, post, toldIn } from '../http.ts';
import { onMenu, ordersIn } from '../orders/ordering.ts';

async function bearer(app: TestApp): Promise<{ authorization: string }> {
  return { authorization: `Bearer ${(await app.session('manager')).accessToken}` };
}

describe('a key in a header', () => {
  test('T6 is none: each call of a batch has its own in its input, or is refused', async () => {
    await using app = await openApp();
    const itemId = await onMenu(app, { price: 900 });
    const headers = { ...(await bearer(app)), 'idempotency-key': newId() };
    const order = { json: { lines: [{ itemId }] } };

    const answer = await post(app, '/trpc/orders.take,orders.take?batch=1', {
      headers,
      body: JSON.stringify({ 0: order, 1: order }),
    });
    const told = (await answer.json()) as { error: { json: { data: { reason: string } } } }[];

    expect(told.map(({ error }) => error.json.data.reason)).toEqual(['VALIDATION', 'VALIDATION']);
    expect(await ordersIn(app)).toHaveLength(0);
  });
});

describe('a token in another spelling', () => {
  test.each([
    ['as it was given', (token: string) => token],
    ['with padding', (token: string) => `${token}=`],
    ['with twice the padding', (token: string) => `${token}==`],
    ['with a space behind', (token: string) => `${token} `],
    ['with a space before', (token: string) => ` ${token}`],
    ['with the unused bits of its last letter set', lastBitsSet],
  ])('T30 %s opens nothing once its session has ended', async (_, spelled) => {
    await using app = await openApp();
    const { accessToken, refreshToken } = await app.session('waiter');
    await app.as('anonymous').auth.logout.mutate({ refreshToken });

    const answer = await ask(app, '/trpc/auth.session', {
      headers: { authorization: `Bearer ${spelled(accessToken)}` },
    });

    expect(answer.status).toBe(401);
  });
});

/** The last letter of a signature stands for four bits, and two that nobody looks at. */
function lastBitsSet(token: string): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const last = letters.indexOf(token.at(-1) ?? '');
  return token.slice(0, -1) + (letters[last ^ 1] ?? '');
}

describe('fields that are nobody’s to set', () => {
  test.each([
    ['id', newId()],
    ['version', 99],
    ['role', 'admin'],
    ['level', 'secret'],
    ['restaurantId', newId()],
    ['passwordHash', 'x'],
    ['deletedAt', null],
    ['createdAt', '2020-01-01T00:00:00.000Z'],
  ])('T34 %s of one’s own account is refused, and nothing is changed', async (field, value) => {
    await using app = await openApp();
    const headers = await bearer(app);
    const before = await app.as('manager').profile.show.query();

    const answer = await post(app, '/trpc/profile.update', {
      headers,
      body: JSON.stringify({ json: { firstName: 'Changed', [field]: value } }),
    });

    expect(await toldIn(answer)).toMatchObject({ reason: 'VALIDATION' });
    expect(await app.as('manager').profile.show.query()).toEqual(before);
  });
});

describe('a filter without end', () => {
  test.each([
    ['of lists', `${'['.repeat(2_000)}${']'.repeat(2_000)}`],
    ['of objects', `${'{"$and":'.repeat(2_000)}1${'}'.repeat(2_000)}`],
  ])('T36 %s in each other is refused', async (_, nested) => {
    await using app = await openApp();
    const headers = await bearer(app);

    const answer = await post(app, '/trpc/orders.take', {
      headers,
      body: `{"json":{"idempotencyKey":"${newId()}","lines":${nested}}}`,
    });

    expect(await toldIn(answer)).toMatchObject({
      reason: 'VALIDATION',
      details: { issues: [{ message: 'the input is nested too deeply' }] },
    });
    expect(await outcomeOf(app.as('manager').orders.list.query())).toBe('ok');
  });
});
