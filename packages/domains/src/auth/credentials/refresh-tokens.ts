import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * A refresh token is `cr_<session>.<counter>.<secret>.<tag>`. The next secret is made from the one before
 * it and a salt in the row, so that whoever lost the answer to a rotation gets the same successor again
 * although no token is stored; the tag proves that an old token of the family was once a real one.
 */
export interface RefreshToken {
  sessionId: string;
  counter: number;
  secret: string;
  tag: string;
}

const FORMAT = /^cr_([0-9a-f-]{36})\.(\d{1,9})\.([A-Za-z0-9_-]{43})\.([A-Za-z0-9_-]{22})$/;

export function readRefreshToken(text: string): RefreshToken | undefined {
  const [, sessionId, counter, secret, tag] = FORMAT.exec(text) ?? [];
  if (!sessionId || !counter || !secret || !tag) return undefined;
  return { sessionId, counter: Number(counter), secret, tag };
}

export function writeRefreshToken(of: Omit<RefreshToken, 'tag'>, familyKey: string): string {
  return `cr_${of.sessionId}.${of.counter}.${of.secret}.${tagOf(of, familyKey)}`;
}

/** Whether this family ever gave out a token with this counter, in words only the server can write. */
export function isOfFamily(token: RefreshToken, familyKey: string): boolean {
  return sameText(token.tag, tagOf(token, familyKey));
}

export function childSecret(secret: string, salt: string): string {
  return createHmac('sha256', secret).update(`comanda.refresh.${salt}`).digest('base64url');
}

export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

export function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function tagOf({ sessionId, counter }: Omit<RefreshToken, 'tag'>, familyKey: string): string {
  const tag = createHmac('sha256', familyKey).update(`${sessionId}.${counter}`).digest('base64url');
  return tag.slice(0, 22);
}
