import type { kernelErrors } from '@comanda/kernel/kernel.errors';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isbnIn } from './books.isbn.rules.ts';

function refusedPath(text: string): string | undefined {
  try {
    isbnIn(text);
    return undefined;
  } catch (error) {
    const { details } = error as ReturnType<typeof kernelErrors.VALIDATION>;
    return (details as { issues: { path: string }[] }).issues[0]?.path;
  }
}

const digits = (length: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length });

/** Written down by the standard a second time: the weighted digits come to nothing. */
function sum10(text: string): number {
  return Array.from(text, (digit, at) => (digit === 'X' ? 10 : Number(digit)) * (10 - at)).reduce(
    (sum, part) => sum + part,
  );
}
function sum13(text: string): number {
  return Array.from(text, (digit, at) => Number(digit) * (1 + 2 * (at % 2))).reduce(
    (sum, part) => sum + part,
  );
}

const ten = digits(9).map((stem) => {
  const text = stem.join('');
  return `${text}${Array.from('0123456789X').find((last) => sum10(text + last) % 11 === 0)}`;
});
const thirteen = fc.tuple(fc.constantFrom('978', '979'), digits(9)).map(([prefix, rest]) => {
  const text = prefix + rest.join('');
  return `${text}${Array.from('0123456789').find((last) => sum13(text + last) % 10 === 0)}`;
});

describe('an ISBN', () => {
  test.each([
    ['9780306406157', '9780306406157'],
    ['978-0-306-40615-7', '9780306406157'],
    ['0306406152', '9780306406157'],
    ['0-306-40615-2', '9780306406157'],
    ['0 8044 2957 X', '9780804429573'],
    ['080442957x', '9780804429573'],
    ['979-10-90636-07-1', '9791090636071'],
    ['978–0–306–40615–7', '9780306406157'],
  ])('S1-20 of %j is kept as %s', (text, kept) => {
    expect(isbnIn(text)).toBe(kept);
  });

  test.each([
    ['a wrong last digit', '9780306406158'],
    ['a wrong last digit of ten', '0306406153'],
    ['a digit too few', '978030640615'],
    ['a digit too many', '97803064061570'],
    ['another prefix', '9770306406158'],
    ['an X among thirteen', '978030640615X'],
    ['an X in the midst', '03064X6152'],
    ['letters', 'lemon'],
    ['digits of another script', '٩٧٨٠٣٠٦٤٠٦١٥٧'],
    ['nothing', '---'],
  ])('S1-20 is not one with %s', (_, text) => {
    expect(refusedPath(text)).toBe('isbn');
  });

  test('S1-20 every one of thirteen digits is kept as it is', () => {
    fc.assert(
      fc.property(thirteen, (isbn) => {
        expect(isbnIn(isbn)).toBe(isbn);
      }),
    );
  });

  test('S1-20 every one of ten is kept as thirteen that are one, with the same digits in it', () => {
    fc.assert(
      fc.property(ten, (isbn) => {
        const kept = isbnIn(isbn);
        expect(kept.slice(0, 12)).toBe(`978${isbn.slice(0, 9)}`);
        expect(sum13(kept) % 10).toBe(0);
      }),
    );
  });

  test('S1-20 with any one digit changed it is none', () => {
    const slip = fc.tuple(fc.nat({ max: 99 }), fc.integer({ min: 1, max: 9 }));
    fc.assert(
      fc.property(fc.oneof(ten, thirteen), slip, (isbn, [place, by]) => {
        const at = place % (isbn.length - 1);
        const other = (Number(isbn[at]) + by) % 10;
        expect(refusedPath(`${isbn.slice(0, at)}${other}${isbn.slice(at + 1)}`)).toBe('isbn');
      }),
    );
  });
});
