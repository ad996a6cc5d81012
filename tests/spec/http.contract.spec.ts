import { CONTRACT } from '@comanda/domains/contract';
import { describe, expect, test } from 'vitest';
import { openApp } from '../app.ts';
import { ask, post, toldIn } from '../http.ts';

const MATRIX = '/trpc/permissions.matrix';
const claiming = (contract: string) => ({ headers: { 'x-comanda-contract': contract } });

describe('S2-28 a client of another version', () => {
  test.each([
    ['9.9.3fa9c2d41b77', '9.9'],
    ['9.3fa9c2d41b77', '9'],
    [`${CONTRACT.version}1.unset`, `${CONTRACT.version}1`],
  ])('is told to upgrade when it claims %s', async (contract, yours) => {
    await using app = await openApp();

    const answer = await ask(app, MATRIX, claiming(contract));

    expect(answer.status).toBe(426);
    expect(await toldIn(answer)).toMatchObject({
      reason: 'UPGRADE_REQUIRED',
      httpStatus: 426,
      code: 'PRECONDITION_FAILED',
      details: { yours, ours: CONTRACT.version },
    });
  });

  test('is told so for a batch and for a change, and nothing is done', async () => {
    await using app = await openApp();
    const { refreshToken } = await app.session('waiter');
    const body = JSON.stringify({ json: { refreshToken } });

    const answers = [
      await ask(app, `${MATRIX},permissions.mine?batch=1`, claiming('9.9.x')),
      await post(app, '/trpc/auth.logout', { body, ...claiming('9.9.x') }),
      await post(app, '/trpc/auth.logout', { body, ...claiming(`${CONTRACT.version}.x`) }),
    ];

    expect(answers.map(({ status }) => status)).toEqual([426, 426, 200]);
    expect(await toldIn(answers[0] ?? new Response())).toMatchObject({
      reason: 'UPGRADE_REQUIRED',
    });
    expect(await answers[2]?.text()).toContain('"ended":true');
  });

  test('is told so where a page of a listed origin can read it', async () => {
    await using app = await openApp();

    const { headers } = await ask(app, MATRIX, {
      headers: { ...claiming('9.9.x').headers, origin: 'https://shop.example' },
    });

    expect(headers.get('access-control-allow-origin')).toBe('https://shop.example');
  });

  test.each(['/health', '/ready', '/.well-known/jwks.json'])('is answered by %s', async (path) => {
    await using app = await openApp();

    const { status } = await ask(app, path, claiming('9.9.x'));

    expect(status).toBe(200);
  });
});

describe('a client of this version', () => {
  test.each([CONTRACT.hash, '3fa9c2d41b77', 'another'])(
    'is served, whichever hash it was built from: %s',
    async (hash) => {
      await using app = await openApp();

      const { status } = await ask(app, MATRIX, claiming(`${CONTRACT.version}.${hash}`));

      expect(status).toBe(200);
    },
  );
});

describe('a claim that cannot be read', () => {
  test.each([
    '',
    CONTRACT.version.split('.')[0] ?? '',
    'x',
    '0.1.2.3fa9',
    'v0.1.3fa9',
    `${CONTRACT.version}.3fa9, ${CONTRACT.version}.3fa9`,
    `${CONTRACT.version}.${'f'.repeat(65)}`,
    `${'1'.repeat(40)}.x`,
    '%s.%s.%s',
  ])('is refused as input: %j', async (contract) => {
    await using app = await openApp();

    const answer = await ask(app, MATRIX, claiming(contract));

    expect(answer.status).toBe(400);
    expect(await toldIn(answer)).toMatchObject({
      reason: 'VALIDATION',
      details: { issues: [{ path: 'x-comanda-contract' }], more: 0 },
    });
  });
});
