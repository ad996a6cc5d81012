import { describe, expect, test } from 'vitest';
import { CallError } from '../errors.ts';
import { areSiblings, type SignedIn, tokensOf } from './tokens.ts';

const NOON = Date.parse('2026-06-01T12:00:00Z');
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

function jwt(claims: object): string {
  const payload = btoa(JSON.stringify(claims)).replace(/\+/g, '-').replace(/\//g, '_');
  return `e30.${payload.replace(/=+$/, '')}.c2ln`;
}

function token({ at = NOON, livesMs = 15 * MINUTE, sid = 's' } = {}) {
  const accessToken = jwt({ iat: at / SECOND, exp: (at + livesMs) / SECOND, sid, name: 'Zoë ÿ?>' });
  return { accessToken, expiresAt: new Date(at + livesMs) };
}

describe('the times of a token', () => {
  test.each([
    ['right', 0],
    ['a day fast', 24 * HOUR],
    ['a day slow', -24 * HOUR],
  ])('come out the same by a clock that is %s', (_, wrongBy) => {
    const now = NOON + wrongBy;

    const { renewAt, expiresAt } = tokensOf(token(), now);

    expect(expiresAt - now).toBe(15 * MINUTE);
    expect(renewAt - now).toBe(15 * MINUTE - 30 * SECOND);
  });

  test('a short-lived one is renewed in the last tenth of its life', () => {
    const { renewAt } = tokensOf(token({ livesMs: 20 * SECOND }), NOON);

    expect(renewAt - NOON).toBe(18 * SECOND);
  });

  test('one that tells nothing ends when the service said', () => {
    const expiresAt = new Date(NOON + HOUR);

    expect(tokensOf({ accessToken: 'opaque', expiresAt }, NOON)).toEqual({
      accessToken: 'opaque',
      expiresAt: NOON + HOUR,
      renewAt: NOON + HOUR - 30 * SECOND,
    });
  });

  test.each(['opaque', 'a.b.c', jwt({}), 'e30.bnVsbA.c2ln', token({ livesMs: 0 }).accessToken])(
    'one that tells nothing, %#, is used for a minute by a clock that has it ended long ago',
    (accessToken) => {
      const expiresAt = new Date(NOON - HOUR);

      expect(tokensOf({ accessToken, expiresAt }, NOON).expiresAt - NOON).toBe(MINUTE);
    },
  );

  test.each([undefined, null, {}, { accessToken: 'a' }, { expiresAt: new Date(NOON) }])(
    'an answer without them, %j, is a fault of whoever answered',
    (answer) => {
      const tokens = () => tokensOf(answer as SignedIn, NOON);

      expect(tokens).toThrow(CallError);
      expect(tokens).toThrow(expect.objectContaining({ details: { because: 'answer' } }));
    },
  );

  test('the refresh token is kept beside it, if there is one', () => {
    expect(tokensOf({ ...token(), refreshToken: 'r' }, NOON)).toHaveProperty('refreshToken', 'r');
    expect(tokensOf(token(), NOON)).not.toHaveProperty('refreshToken');
  });
});

describe('two tokens', () => {
  test('of one session are siblings', () => {
    expect(areSiblings(token().accessToken, token({ at: NOON + HOUR }).accessToken)).toBe(true);
  });

  test('of two sessions are not', () => {
    expect(areSiblings(token().accessToken, token({ sid: 'other' }).accessToken)).toBe(false);
    expect(areSiblings('', token().accessToken)).toBe(false);
    expect(areSiblings('opaque', 'another')).toBe(false);
  });
});
