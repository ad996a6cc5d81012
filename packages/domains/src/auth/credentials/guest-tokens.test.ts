import { createHmac, createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { after, DAY, HOUR, MINUTE, SECOND } from '@comanda/kernel/time';
import { describe, expect, test } from 'vitest';
import { GUEST_TOKEN_MS, GuestTokens } from './guest-tokens.ts';
import { type KeyRing, KeyRing as Keys, newKeySet, rotated } from './keys.ts';

const NOW = new Date('2026-06-01T12:00:00.000Z');
const ISSUER = 'comanda-test';
const GUEST = '01900000-0000-7000-8000-000000000001';

const keySet = await newKeySet(new Date(0));
const [key] = keySet.keys as [(typeof keySet.keys)[number]];
const oneRing = await Keys.from(keySet);

const tokensBy = (ring: KeyRing, issuer = ISSUER) => new GuestTokens({ ring: () => ring, issuer });

describe('a guest token', () => {
  test('D5 tells whose it is and until when, at any server with these keys', async () => {
    const { token, guestId } = await tokensBy(oneRing).issue(NOW);

    expect(await tokensBy(oneRing).read(token, NOW)).toMatchObject({
      id: guestId,
      expiresAt: after(NOW, 14 * DAY),
    });
  });

  test('D5 is of a new guest unless one is named', async () => {
    const tokens = tokensBy(oneRing);
    const [one, other] = [await tokens.issue(NOW), await tokens.issue(NOW)];
    const again = await tokens.issue(after(NOW, MINUTE), one.guestId);

    expect(one.guestId).not.toBe(other.guestId);
    expect(again.guestId).toBe(one.guestId);
    expect(await tokens.read(again.token, after(NOW, MINUTE))).toMatchObject({
      id: one.guestId,
      expiresAt: after(NOW, 14 * DAY + MINUTE),
    });
  });

  test.each([
    ['seen before', true],
    ['never seen', false],
  ])('D5 %s is good for 14 days, and not a moment longer', async (_, seen) => {
    const tokens = tokensBy(oneRing);
    const { token } = await tokens.issue(NOW);
    const readAt = async (ms: number) => {
      const reader = seen ? tokens : tokensBy(oneRing);
      return (await reader.read(token, after(NOW, ms))) !== undefined;
    };

    expect(await readAt(0)).toBe(true);
    expect(await readAt(GUEST_TOKEN_MS - 1)).toBe(true);
    expect(await readAt(GUEST_TOKEN_MS)).toBe(false);
    expect(await readAt(GUEST_TOKEN_MS + SECOND)).toBe(false);
  });

  test('is good at a server whose clock is a little behind', async () => {
    const { token } = await tokensBy(oneRing).issue(NOW);

    expect(await tokensBy(oneRing).read(token, after(NOW, -5 * SECOND))).toBeDefined();
    expect(await tokensBy(oneRing).read(token, after(NOW, -6 * SECOND))).toBeUndefined();
  });
});

describe('after a change of keys', () => {
  const OVERLAP = HOUR;
  const ended = after(NOW, MINUTE + OVERLAP);

  test.each([
    ['seen before', true],
    ['never seen', false],
  ])('P7 one that was %s is good for 14 days after the end of its key', async (_, seen) => {
    let ring = oneRing;
    const tokens = new GuestTokens({ ring: () => ring, issuer: ISSUER });
    const late = after(ended, -SECOND);
    const { token } = await tokensBy(oneRing).issue(late);
    await (seen ? tokens.read(token, late) : undefined);
    ring = await Keys.from(await rotated(keySet, NOW, { overlapMs: OVERLAP }));

    expect(await tokens.read(token, ended)).toBeDefined();
    expect(await tokens.read(token, after(late, GUEST_TOKEN_MS - 1))).toBeDefined();
    expect(await tokens.read(token, after(late, GUEST_TOKEN_MS))).toBeUndefined();
  });

  test('P7 the old key makes no guest who outlives it by more', async () => {
    const ring = await Keys.from(await rotated(keySet, NOW, { overlapMs: OVERLAP }));
    const tokens = tokensBy(ring);
    const last = after(ended, GUEST_TOKEN_MS);
    const token = forged({ iat: seconds(last), exp: seconds(last) + 60 });

    expect(await tokens.read(token, after(last, -1))).toBeDefined();
    expect(await tokens.read(token, last)).toBeUndefined();
    expect(await tokensBy(ring).read(token, last)).toBeUndefined();
  });

  test.each([
    ['seen before', true],
    ['never seen', false],
  ])('P7 one that was %s is good no more once its key is taken away', async (_, seen) => {
    let ring = oneRing;
    const tokens = new GuestTokens({ ring: () => ring, issuer: ISSUER });
    const { token } = await tokens.issue(NOW);
    await (seen ? tokens.read(token, NOW) : undefined);

    ring = await Keys.from(await newKeySet(new Date(0)));

    expect(await tokens.read(token, NOW)).toBeUndefined();
  });
});

type Part = Record<string, unknown>;
type Sign = (data: string) => string;

const seconds = (at: Date) => Math.floor(at.getTime() / SECOND);

const trusted: Sign = (data) => {
  const { kty, crv, x, d } = key;
  const secret = createPrivateKey({ key: { kty, crv, x, d }, format: 'jwk' });
  return sign(null, Buffer.from(data), secret).toString('base64url');
};
const stranger = generateKeyPairSync('ed25519');
const byStranger: Sign = (data) =>
  sign(null, Buffer.from(data), stranger.privateKey).toString('base64url');
const byPublicKey: Sign = (data) => createHmac('sha256', key.x).update(data).digest('base64url');

/** A good token but for what is said, signed with the key that is trusted unless another is named. */
function forged(claims: Part, header: Part = {}, by: Sign = trusted): string {
  const iat = seconds(NOW);
  const parts = [
    { alg: 'EdDSA', typ: 'guest+jwt', kid: key.kid, ...header },
    { sub: GUEST, iss: ISSUER, iat, exp: iat + 60, ...claims },
  ];
  const data = parts
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  return `${data}.${by(data)}`;
}

/** A good token with one part of another. */
const withPart = (at: number, other: string) =>
  forged({})
    .split('.')
    .with(at, other.split('.')[at] ?? '')
    .join('.');

describe('a token that somebody has made up', () => {
  test('P6 is good when nothing is wrong with it: so each of those below is wrong in one thing', async () => {
    expect(await tokensBy(oneRing).read(forged({}), NOW)).toMatchObject({ id: GUEST });
  });

  test.each([
    ['is nothing', ''],
    ['is no token', 'nonsense'],
    ['is three dots', '...'],
    ['has no signature, alg none', forged({}, { alg: 'none' }, () => '')],
    ['has no signature, the right alg', forged({}, {}, () => '')],
    ['has a signature of zeros', forged({}, {}, () => 'A'.repeat(86))],
    ['is signed by a stranger under our kid', forged({}, {}, byStranger)],
    [
      'brings a stranger’s key along',
      forged({}, { jwk: stranger.publicKey.export({ format: 'jwk' }) }, byStranger),
    ],
    ['is signed with the public key as a secret', forged({}, { alg: 'HS256' }, byPublicKey)],
    ['names its algorithm in another way', forged({}, { alg: 'Ed25519' })],
    ['has no alg', forged({}, { alg: undefined })],
    ['is of an unknown key', forged({}, { kid: 'unknown-key' })],
    ['has no kid', forged({}, { kid: undefined })],
    ['has a kid that is a list', forged({}, { kid: [key.kid] })],
    ['has a kid that is a prototype key', forged({}, { kid: '__proto__' })],
    ['has an unknown crit', forged({}, { crit: ['level'], level: 1 })],
    ['is an access token', forged({}, { typ: 'at+jwt' })],
    ['is a plain JWT', forged({}, { typ: 'JWT' })],
    ['has no typ', forged({}, { typ: undefined })],
    ['is of another issuer', forged({ iss: 'comanda' })],
    ['has no issuer', forged({ iss: undefined })],
    ['is nobody’s', forged({ sub: undefined })],
    ['is that of an object', forged({ sub: { id: GUEST } })],
    ['is that of a number', forged({ sub: 1 })],
    ['has no time of issue', forged({ iat: undefined })],
    ['was issued in the future', forged({ iat: seconds(NOW) + 60 })],
    [
      'was issued longer ago than a token lives',
      forged({ iat: seconds(NOW) - GUEST_TOKEN_MS / SECOND - 6 }),
    ],
    ['was issued at a text', forged({ iat: String(seconds(NOW)) })],
    ['has no end', forged({ exp: undefined })],
    ['has an end in quotes', forged({ exp: String(seconds(NOW) + 60) })],
    ['has ended', forged({ exp: seconds(NOW) })],
    ['is not good yet', forged({ nbf: seconds(NOW) + 60 })],
    ['is too long', forged({ pad: 'x'.repeat(1_024) })],
    ['has another payload', withPart(1, forged({ sub: 'me' }))],
    ['has a cut signature', forged({}).slice(0, -4)],
    ['has two signatures', `${forged({})}.${forged({}).split('.')[2]}`],
    ['has a header that is no JSON', forged({}).replace(/^[^.]+/, 'bm90IGpzb24')],
  ])('P6 is no good when it %s', async (_, token) => {
    expect(await tokensBy(oneRing).read(token, NOW)).toBeUndefined();
  });
});
