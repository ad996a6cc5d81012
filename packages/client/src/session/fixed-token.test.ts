import { describe, expect, test } from 'vitest';
import { fixedToken } from './fixed-token.ts';

describe('a fixed token', () => {
  test.each([
    ['a text', 'pass'],
    ['what answers it', () => 'pass'],
    ['what promises it', async () => 'pass'],
  ])('can be %s', async (_, token) => {
    const session = fixedToken(token);

    expect(await session.token()).toBe('pass');
    expect(await session.renew('pass')).toBeUndefined();
  });

  test('can be missing', async () => {
    expect(await fixedToken(undefined).token()).toBeUndefined();
  });

  test('that was refused is asked for once more', async () => {
    const tokens = ['old', 'new'];
    const session = fixedToken(() => tokens.shift());

    expect(await session.token()).toBe('old');
    expect(await session.renew('old')).toBe('new');
  });

  test('is not waited for longer than its caller does', async () => {
    const session = fixedToken(() => new Promise<never>(() => {}));

    await expect(session.token(AbortSignal.abort())).rejects.toMatchObject({
      details: { because: 'aborted' },
    });
  });
});
