import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { DomainError, defineErrors, isRefusal, refusal, type RefusalKind } from './errors.ts';
import { kernelErrors } from './kernel.errors.ts';

const errors = defineErrors({
  CART_FULL: refusal(
    'CONFLICT',
    'The cart is full.',
    'Take something out.',
    z.object({ max: z.int() }),
  ),
  CART_EMPTY: refusal('BAD_REQUEST', 'The cart is empty.', 'Put something in.'),
});

describe('a catalogue of refusals', () => {
  test('each entry makes a refusal of its own code, with its details', () => {
    const refused = errors.CART_FULL({ max: 99 });

    expect(refused).toBeInstanceOf(DomainError);
    expect(refused).toMatchObject({
      name: 'DomainError',
      code: 'CART_FULL',
      kind: 'CONFLICT',
      status: 409,
      message: 'The cart is full.',
      details: { max: 99 },
    });
  });

  test('an entry without details answers with none', () => {
    expect(errors.CART_EMPTY().details).toEqual({});
  });

  test('each entry tells its code, status and advice before anything is refused', () => {
    const { code, kind, status, message, advice } = errors.CART_EMPTY;

    expect({ code, kind, status, message, advice }).toEqual({
      code: 'CART_EMPTY',
      kind: 'BAD_REQUEST',
      status: 400,
      message: 'The cart is empty.',
      advice: 'Put something in.',
    });
  });

  test('each entry tells what its details are, unless it has none', () => {
    expect(errors.CART_FULL.schema?.parse({ max: 99 })).toEqual({ max: 99 });
    expect(errors.CART_EMPTY.schema).toBeUndefined();
  });

  test('it cannot be changed', () => {
    expect(Object.isFrozen(errors)).toBe(true);
    expect(() => Object.assign(errors.CART_EMPTY, { code: 'OTHER' })).toThrow(TypeError);
  });

  test.each<[RefusalKind, number]>([
    ['BAD_REQUEST', 400],
    ['UNAUTHORIZED', 401],
    ['FORBIDDEN', 403],
    ['NOT_FOUND', 404],
    ['METHOD_NOT_SUPPORTED', 405],
    ['CONFLICT', 409],
    ['PAYLOAD_TOO_LARGE', 413],
    ['UNSUPPORTED_MEDIA_TYPE', 415],
    ['UNPROCESSABLE_CONTENT', 422],
    ['TOO_MANY_REQUESTS', 429],
    ['INTERNAL_SERVER_ERROR', 500],
    ['SERVICE_UNAVAILABLE', 503],
  ])('%s travels as %i', (kind, status) => {
    expect(defineErrors({ ANY: refusal(kind, 'No.', 'None.') }).ANY().status).toBe(status);
  });
});

describe('telling refusals apart', () => {
  test('a refusal is known by its code', () => {
    expect(isRefusal(errors.CART_FULL({ max: 1 }), errors.CART_FULL)).toBe(true);
    expect(isRefusal(errors.CART_EMPTY(), errors.CART_FULL)).toBe(false);
  });

  test.each([[new Error('CART_FULL')], [{ code: 'CART_FULL' }], [undefined], ['CART_FULL']])(
    '%s is no refusal',
    (thrown) => {
      expect(isRefusal(thrown, errors.CART_FULL)).toBe(false);
    },
  );
});

describe('the refusals of the kernel', () => {
  test.each(Object.entries(kernelErrors))(
    '%s is coded as it is named, and says what to do',
    (name, entry) => {
      expect(entry.code).toBe(name);
      expect(name).toMatch(/^[A-Z]+(_[A-Z]+)*$/);
      expect(entry.message).toMatch(/\.$/);
      expect(entry.advice).toMatch(/\.$/);
    },
  );
});
