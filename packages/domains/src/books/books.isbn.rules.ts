import { kernelErrors } from '@comanda/kernel/kernel.errors';

const BETWEEN = /[\s\p{Dash}]/gu;
const TEN = /^\d{9}[\dX]$/;
const THIRTEEN = /^97[89]\d{10}$/;

/** The thirteen digits of an ISBN of ten or thirteen. Refuses what is none. */
export function isbnIn(text: string): string {
  const isbn = text.replaceAll(BETWEEN, '').toUpperCase();
  if (TEN.test(isbn) && weighed(isbn, tenfold) % 11 === 0) {
    const stem = `978${isbn.slice(0, 9)}`;
    return `${stem}${(10 - (weighed(stem, oneAndThree) % 10)) % 10}`;
  }
  if (THIRTEEN.test(isbn) && weighed(isbn, oneAndThree) % 10 === 0) return isbn;
  const issue = { path: 'isbn', message: 'no ISBN of 10 or 13 digits, or its last one is wrong' };
  throw kernelErrors.VALIDATION({ issues: [issue], more: 0 });
}

const tenfold = (at: number) => 10 - at;
const oneAndThree = (at: number) => (at % 2 === 0 ? 1 : 3);

function weighed(digits: string, weight: (at: number) => number): number {
  return Array.from(digits).reduce((sum, digit, at) => sum + valueOf(digit) * weight(at), 0);
}

function valueOf(digit: string): number {
  return digit === 'X' ? 10 : Number(digit);
}
