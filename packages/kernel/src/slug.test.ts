import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { slugFrom } from './slug.ts';

const free = () => false;

describe('a slug from a name', () => {
  test.each([
    ['Little Lemon', 'little-lemon'],
    ['Crème Brûlée', 'creme-brulee'],
    ['ÅÄÖ & Søn', 'aao-s-n'],
    ['  many   blanks  ', 'many-blanks'],
    ['-dashes---everywhere-', 'dashes-everywhere'],
    ['Nº 5', 'no-5'],
    ['寿司', 'unnamed'],
    ['!!!', 'unnamed'],
    ['', 'unnamed'],
  ])('%j: %s', (name, slug) => {
    expect(slugFrom(name, free)).toBe(slug);
  });

  test('counts up to one that is free', () => {
    const taken = new Set(['il-forno', 'il-forno-2', 'il-forno-4']);

    expect(slugFrom('Il Forno', (slug) => taken.has(slug))).toBe('il-forno-3');
  });

  test('does not end in a dash where a long name is cut', () => {
    const name = `${'x'.repeat(179)} y`;

    expect(slugFrom(name, free)).toBe('x'.repeat(179));
  });

  test('is always one that may be stored and sent again', () => {
    const anyName = fc.string({ unit: 'binary', maxLength: 400 });

    fc.assert(
      fc.property(anyName, (name) => {
        const slug = slugFrom(name, (candidate) => !/-\d+$/.test(candidate));

        expect(slug).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
        expect(slug.length).toBeLessThanOrEqual(200);
      }),
    );
  });
});
