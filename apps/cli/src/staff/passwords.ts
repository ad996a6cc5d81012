import { randomInt } from 'node:crypto';
import { appendFileSync, writeFileSync } from 'node:fs';
import { Misuse } from '../exits.ts';
import { csvOf } from '../files/csv.ts';

/** Signs that nobody takes for others. */
const SIGNS = 'abcdefghjkmnpqrstuvwxyz23456789';

/** A password that is read out once, and changed then. */
export function freshPassword(): string {
  const group = () => Array.from({ length: 4 }, () => SIGNS[randomInt(SIGNS.length)]).join('');
  return [group(), group(), group(), group()].join('-');
}

/** A new file for this user alone, with a line for each password as soon as it is good. */
export class PasswordFile {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
    try {
      writeFileSync(path, csvOf([['name', 'password']]), { flag: 'wx', mode: 0o600 });
    } catch {
      throw new Misuse(`${path} cannot be made. A file that is there already stays as it is.`);
    }
  }

  /** Whether it could be written; nobody else knows it. */
  add(name: string, password: string): boolean {
    try {
      appendFileSync(this.#path, csvOf([[name, password]]));
      return true;
    } catch {
      return false;
    }
  }
}
