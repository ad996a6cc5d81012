import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  childSecret,
  hashOf,
  isOfFamily,
  newSecret,
  readRefreshToken,
  sameText,
  writeRefreshToken,
} from './refresh-tokens.ts';

const families = fc.record({
  sessionId: fc.uuid(),
  counter: fc.integer({ min: 0, max: 999_999_999 }),
});
const KEY = newSecret();
const SECRET = newSecret();

describe('a refresh token', () => {
  test('is read as it was written, and known by its family', () => {
    fc.assert(
      fc.property(families, (family) => {
        const token = readRefreshToken(writeRefreshToken({ ...family, secret: SECRET }, KEY));
        expect(token).toMatchObject({ ...family, secret: SECRET });
        expect(token && isOfFamily(token, KEY)).toBe(true);
      }),
    );
  });

  test('is not of a family whose key is another', () => {
    const text = writeRefreshToken(
      { sessionId: crypto.randomUUID(), counter: 3, secret: SECRET },
      KEY,
    );
    const token = readRefreshToken(text);

    expect(token && isOfFamily(token, newSecret())).toBe(false);
  });

  test('cannot be numbered or moved to another session without the key', () => {
    fc.assert(
      fc.property(families, families, (one, other) => {
        fc.pre(one.counter !== other.counter || one.sessionId !== other.sessionId);
        const token = readRefreshToken(writeRefreshToken({ ...one, secret: SECRET }, KEY));
        expect(token && isOfFamily({ ...token, ...other }, KEY)).toBe(false);
      }),
    );
  });

  test('any other text is none', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(readRefreshToken(text)).toBeUndefined();
        expect(readRefreshToken(`cr_${text}`)).toBeUndefined();
      }),
    );
  });

  test.each([
    (text: string) => `${text}=`,
    (text: string) => ` ${text}`,
    (text: string) => `${text}\n`,
    (text: string) => text.toUpperCase(),
    (text: string) => text.replace('.0.', '.-1.'),
    (text: string) => text.replace('.0.', '.1e3.'),
    (text: string) => text.replace('.0.', '.1234567890.'),
  ])('a bent one is none (%#)', (bend) => {
    const text = writeRefreshToken(
      { sessionId: crypto.randomUUID(), counter: 0, secret: SECRET },
      KEY,
    );

    expect(readRefreshToken(bend(text))).toBeUndefined();
  });
});

describe('the next secret', () => {
  test('is the same for the same secret and salt, another for any other', () => {
    const [salt, other] = [newSecret(), newSecret()];

    expect(childSecret(SECRET, salt)).toBe(childSecret(SECRET, salt));
    expect(
      new Set([
        SECRET,
        childSecret(SECRET, salt),
        childSecret(SECRET, other),
        childSecret(salt, SECRET),
      ]).size,
    ).toBe(4);
  });

  test('fits in a token', () => {
    const secret = childSecret(SECRET, newSecret());
    const text = writeRefreshToken({ sessionId: crypto.randomUUID(), counter: 1, secret }, KEY);

    expect(readRefreshToken(text)?.secret).toBe(secret);
  });
});

describe('secrets', () => {
  test('have 256 bits and never repeat', () => {
    const secrets = Array.from({ length: 1_000 }, newSecret);

    expect(new Set(secrets).size).toBe(1_000);
    expect(secrets.every((secret) => Buffer.from(secret, 'base64url').length === 32)).toBe(true);
  });

  test('are kept as hashes that do not tell them', () => {
    expect(hashOf(SECRET)).toMatch(/^[\w-]{43}$/);
    expect(hashOf(SECRET)).not.toBe(SECRET);
  });

  test('are compared whole', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        expect(sameText(one, other)).toBe(one === other);
        expect(sameText(one, one)).toBe(true);
      }),
    );
  });
});
