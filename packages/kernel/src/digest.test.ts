import { describe, expect, test } from 'vitest';
import { digestOf } from './digest.ts';

describe('a digest', () => {
  test('stays what it was yesterday: keys in the database are made of it', () => {
    expect(digestOf('one carbonara')).toBe('8f1af6a70e56a48b7258eb1ce2b81eea');
  });

  test('of another text is another', () => {
    const texts = Array.from({ length: 2_000 }, (_, n) => `text ${n}`);

    expect(new Set(texts.map(digestOf)).size).toBe(texts.length);
  });
});
