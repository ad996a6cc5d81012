import { randomInt } from 'node:crypto';
import { hashOf } from './refresh-tokens.ts';

/** Without those that look alike. */
const LETTERS = 'ABCDEFGHJKMNPQRSTVWXYZ23456789';
const LENGTH = 12;

/** A code that is read out or typed: written in fours, 58 bits, and half an hour to guess it in five tries. */
export function newResetCode(): { code: string; hash: string } {
  const letters = Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]);
  const code = letters.join('').replace(/(.{4})(?=.)/g, '$1-');
  return { code, hash: resetCodeHash(code) };
}

/** Spaces, dashes and case do not matter. */
export function resetCodeHash(code: string): string {
  return hashOf(code.toUpperCase().replace(/[\s-]/g, ''));
}
