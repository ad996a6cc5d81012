import { randomInt } from 'node:crypto';

const LETTERS = 'abcdefghjkmnpqrstvwxyz23456789';

/** Sixteen letters in fours, without those that look alike: 78 bits, readable over a shoulder or a phone. */
export function newPassword(): string {
  const four = () => Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  return [four(), four(), four(), four()].join('-');
}
