import type { DomainError } from '@comanda/kernel/errors';
import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { authErrors } from './auth.errors.ts';
import { COMMON_PASSWORDS } from './auth.common-passwords.ts';

export type NameField = 'username' | 'email' | 'phone';
export type Names = { [Field in NameField]?: string | undefined };

const USERNAME = /^(?=.*\p{L})[\p{L}\p{N}][\p{L}\p{N}._-]{1,59}$/u;
const EMAIL = /^[^\s@"(),:;<>[\\\]]{1,64}@[a-z0-9\p{L}-]+(\.[a-z0-9\p{L}-]+)+$/u;
const PHONE = /^\+?\d{6,15}$/;

/** Usernames: NFKC, lower case; letters, digits and `. _ -`, at least one letter. */
export function canonicalUsername(text: string): string | undefined {
  const name = text.normalize('NFKC').trim().toLowerCase();
  return USERNAME.test(name) ? name : undefined;
}

/** E-mail addresses: NFKC (small letters may join anew), lower case; `Ann@X.io` and `ann@x.io` are one person. */
export function canonicalEmail(text: string): string | undefined {
  const email = text.normalize('NFKC').trim().toLowerCase().normalize('NFKC');
  return email.length <= 254 && EMAIL.test(email) ? email : undefined;
}

/** Phones: digits with an optional plus; a leading 00 is a plus; blanks, dots, dashes and brackets go. */
export function canonicalPhone(text: string): string | undefined {
  const phone = text
    .normalize('NFKC')
    .replace(/[\s().\-/]/g, '')
    .replace(/^00/, '+');
  return PHONE.test(phone) ? phone : undefined;
}

const CANONICAL = { username: canonicalUsername, email: canonicalEmail, phone: canonicalPhone };

/** The canonical names of a new person. Refuses what is no name of its kind. */
export function canonicalNames(names: Names): { [Field in NameField]: string | null } {
  const canonical = (field: NameField): string | null => {
    const text = names[field];
    if (text === undefined) return null;
    const name = CANONICAL[field](text);
    if (name === undefined) throw noName(field);
    return name;
  };
  return { username: canonical('username'), email: canonical('email'), phone: canonical('phone') };
}

/** Which of the three names somebody signs in with; the three can never look alike. */
export function identified(identifier: string): { field: NameField; name: string } | undefined {
  for (const field of ['email', 'phone', 'username'] as const) {
    const name = CANONICAL[field](identifier);
    if (name !== undefined) return { field, name };
  }
  return undefined;
}

/** Refuses a password that a guesser would try first. */
export function strongEnough(password: string, names: (string | null)[]): void {
  const guess = password.normalize('NFKC').toLowerCase();
  if (COMMON_PASSWORDS.has(guess) || /^(.)\1+$/u.test(guess)) {
    throw authErrors.PASSWORD_WEAK({ because: 'common' });
  }
  const own = names.flatMap((name) =>
    name ? [name.replace(/^\+/, ''), name.split('@')[0] ?? name] : [],
  );
  if (own.some((name) => name.length >= 4 && guess.includes(name))) {
    throw authErrors.PASSWORD_WEAK({ because: 'contains_name' });
  }
}

interface Family {
  counter: number;
  tokenHash: string;
  parentHash: string | null;
  rotatedAt: Date;
  idleUntil: Date;
  expiresAt: Date;
  endedAt: Date | null;
}

interface Presented {
  counter: number;
  hash: string;
  /** Whether the server itself once gave out a token with this counter. */
  ofFamily: boolean;
}

export type RefreshVerdict = 'rotate' | 'repeat' | 'reused' | 'invalid';

/**
 * What a presented refresh token is worth. The direct parent is good again for a moment, because its
 * answer may have been lost; every older one tells of a theft.
 */
export function judgeRefresh(
  family: Family,
  presented: Presented,
  { now, graceMs }: { now: Date; graceMs: number },
): RefreshVerdict {
  if (!presented.ofFamily || presented.counter > family.counter) return 'invalid';
  const isCurrent = presented.counter === family.counter;
  if (isCurrent && presented.hash !== family.tokenHash) return 'invalid';
  const over = family.endedAt !== null || now >= family.idleUntil || now >= family.expiresAt;
  if (isCurrent) return over ? 'invalid' : 'rotate';
  const isParent = presented.counter === family.counter - 1 && presented.hash === family.parentHash;
  const inGrace = now.getTime() - family.rotatedAt.getTime() < graceMs;
  return isParent && inGrace && !over ? 'repeat' : 'reused';
}

function noName(field: NameField): DomainError {
  const issue = { path: field, message: `this is no ${field} that we can store` };
  return kernelErrors.VALIDATION({ issues: [issue], more: 0 });
}
