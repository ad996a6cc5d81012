import { describe, expect, test } from 'vitest';
import { json, problemJson } from './json.ts';

describe('JSON', () => {
  test('S2-17: a value is written on one line', () => {
    expect(json.write({ items: [{ price: 900 }], nextCursor: null })).toBe(
      '{"items":[{"price":900}],"nextCursor":null}',
    );
    expect(problemJson.write({ status: 404 })).toBe('{"status":404}');
  });

  test('S2-17: what has nothing to say is null', () => {
    expect(json.write(undefined)).toBe('null');
  });
});
