import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { DomainError } from './errors.ts';
import {
  fromCursor,
  fromMomentCursor,
  page,
  PageInput,
  pageOf,
  toCursor,
  toMomentCursor,
} from './page.ts';

const refused = expect.objectContaining({
  code: 'VALIDATION',
  details: {
    issues: [{ path: 'cursor', message: 'this cursor is not one of this list' }],
    more: 0,
  },
});

function thrownBy(work: () => unknown): unknown {
  try {
    return { nothingThrown: work() };
  } catch (error) {
    return error;
  }
}

describe('a cursor', () => {
  test('leads back to the position it was made from', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { maxLength: 4 }), (position) => {
        expect(fromCursor(toCursor(position), position.length)).toEqual(position);
      }),
    );
  });

  test('passes through an address as it is', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { maxLength: 4 }), (position) => {
        expect(toCursor(position)).toMatch(/^[\w-]+$/);
      }),
    );
  });

  test.each([
    ['nothing', ''],
    ['no cursor at all', 'garbage'],
    ['too few parts', toCursor(['a'])],
    ['too many parts', toCursor(['a', 'b', 'c'])],
    ['a number', cursorOf(['a', 1])],
    ['null', cursorOf(['a', null])],
    ['an operator', cursorOf(['a', { $gt: '' }])],
    ['an object for a list', cursorOf({ 0: 'a', 1: 'b', length: 2 })],
    ['a text for a list', cursorOf('ab')],
    ['half a cursor', toCursor(['a', 'b']).slice(0, 5)],
  ])('of %s is refused', (_, cursor) => {
    expect(thrownBy(() => fromCursor(cursor, 2))).toEqual(refused);
  });

  test('of anything is read or refused, never a fault', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat({ max: 3 }), (cursor, parts) => {
        const thrown = thrownBy(() => fromCursor(cursor, parts)) as object;

        expect('nothingThrown' in thrown || thrown instanceof DomainError).toBe(true);
      }),
    );
  });
});

describe('a page', () => {
  const at = (item: string) => [item];

  test('that is full and has more behind it says where the next one starts', () => {
    const { items, nextCursor } = page(['a', 'b', 'c'], { limit: 2, at });

    expect(items).toEqual(['a', 'b']);
    expect(fromCursor(nextCursor ?? '', 1)).toEqual(['b']);
  });

  test.each([[[]], [['a']], [['a', 'b']]])('of %j is the last one', (rows) => {
    expect(page(rows, { limit: 2, at })).toEqual({ items: rows, nextCursor: null });
  });

  test('is answered in the same shape by every list', () => {
    const shape = pageOf(z.string());

    expect(shape.parse({ items: ['a'], nextCursor: null })).toEqual({
      items: ['a'],
      nextCursor: null,
    });
    expect(shape.safeParse({ items: [1], nextCursor: null }).success).toBe(false);
  });
});

describe('asking for a page', () => {
  const Input = z.object(PageInput);

  test('takes twenty when nothing is said', () => {
    expect(Input.parse({})).toEqual({ limit: 20 });
  });

  test.each([0, -1, 101, 1.5, Number.NaN, '20', null])('a limit of %j is refused', (limit) => {
    expect(Input.safeParse({ limit }).success).toBe(false);
  });

  test('a cursor that is too long is refused', () => {
    expect(Input.safeParse({ cursor: 'a'.repeat(301) }).success).toBe(false);
  });
});

function cursorOf(position: unknown): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

describe('a cursor by time', () => {
  test('leads back to the moment and the id that it was made from', () => {
    fc.assert(
      fc.property(fc.date({ noInvalidDate: true }), fc.string(), (at, id) => {
        expect(fromMomentCursor(toCursor(toMomentCursor({ at, id })))).toEqual({ at, id });
      }),
    );
  });

  test.each([[['', 'id']], [['today', 'id']], [['id']], [['2026-06-01T12:00:00.000Z']]])(
    'is none of %j',
    (position) => {
      expect(thrownBy(() => fromMomentCursor(toCursor(position)))).toEqual(refused);
    },
  );
});
