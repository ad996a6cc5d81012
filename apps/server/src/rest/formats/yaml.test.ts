import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { yaml } from './yaml.ts';

const character = fc.oneof(
  fc.constantFrom(
    ...'\n\t\r :-#?&*!|>\'"%@`{}[],~=.0123456789_\u0000\u0085\u2028\uFEFFenotyNO'.split(''),
  ),
  fc.nat(0xffff).map((unit) => String.fromCharCode(unit)),
);
const values = fc
  .jsonValue({ stringUnit: character, maxDepth: 4 })
  // JSON's text knows no negative zero.
  .map((value): unknown => JSON.parse(JSON.stringify(value)));

describe('YAML', () => {
  test('S2-17: a value is written in blocks', () => {
    const value = { items: [{ title: 'Greek salad', price: 900, tags: [] }], nextCursor: null };

    expect(yaml.write(value)).toBe(`\
items:
  - title: Greek salad
    price: 900
    tags: []
nextCursor: null
`);
  });

  test('S2-17: what is written reads as it was', () => {
    fc.assert(
      fc.property(values, (value) => {
        expect(parse(yaml.write(value))).toStrictEqual(value);
      }),
      { numRuns: 1_000 },
    );
  });

  test('S2-17: parsers of YAML 1.1 read it the same', () => {
    fc.assert(
      fc.property(values, (value) => {
        expect(parse(yaml.write(value), { version: '1.1' })).toStrictEqual(value);
      }),
      { numRuns: 1_000 },
    );
  });

  test.each(
    [
      ['no', 'Yes', 'on', 'y', 'null', '~', '', 'true', '<<', '=', '- a', '# a', '? a', '*a'],
      ['1', '-1.5', '1e3', '0x1F', '0o17', '017', '1_000', '12:30', '.inf', '.NaN', '---', '...'],
      ['2026-06-01', '2026-06-01T12:00:00.000Z', ' led', 'trailed ', 'a: b', 'a #b', '%a', '@a'],
      ['e5', 'E-12'],
    ].flat(),
  )('S2-17: the text %j stays text, as a value and as a name', (text) => {
    const value = { [text]: text, list: [text] };

    const written = yaml.write(value);

    expect(parse(written)).toStrictEqual(value);
    expect(parse(written, { version: '1.1' })).toStrictEqual(value);
  });

  test.each([
    'two\nlines',
    'a\n\n\nb\n',
    '\n',
    ' led\n  by blanks\n',
    'a\r\nb',
    'a\n--- \nb: c',
    '\n\n a',
  ])('S2-17: the lines of %j stay where they are', (text) => {
    const value = { note: text, more: ['x', text, { deep: text }] };

    expect(parse(yaml.write(value))).toStrictEqual(value);
  });

  test.each([
    '\u0000',
    '\u007F',
    '\u0085',
    '\u009F',
    '\u2028',
    '\u2029',
    '\uFEFF',
    '\uFFFE',
    '\uDC00',
  ])('S2-17: the character %j, which readers stumble over, is escaped', (character) => {
    const value = { [`${character}key`]: [`${character}text`, `two\nlines${character}`] };

    const written = yaml.write(value);

    expect(written).not.toContain(character);
    expect(parse(written)).toStrictEqual(value);
  });

  test('S2-17: only plain words go without quotes', () => {
    const value = {
      'Crème brûlée, 2 pcs.': ['a = b', '=', 'a\tb', 'a: b', 'a#b', 'b ', 'Nein', 'NO'],
    };

    expect(yaml.write(value)).toBe(
      'Crème brûlée, 2 pcs.:\n  - "a = b"\n  - "="\n  - "a\\tb"\n  - "a: b"\n  - "a#b"\n' +
        '  - "b "\n  - Nein\n  - "NO"\n',
    );
  });

  test('S2-17: numbers are numbers to parsers of YAML 1.1 as well', () => {
    expect(yaml.write([-5, 0.25, 1e21, 1.5e-7, -2e-9])).toBe(
      '- -5\n- 0.25\n- 1.0e+21\n- 1.5e-7\n- -2.0e-9\n',
    );
  });

  test('S2-17: what is in lists of lists stands under each of them', () => {
    const value = [[[1], { a: [{ b: [] }, {}] }], []];

    const written = yaml.write(value);

    expect(written).toBe('- - - 1\n  - a:\n      - b: []\n      - {}\n- []\n');
    expect(parse(written)).toStrictEqual(value);
  });

  test('S2-17: long texts are not folded', () => {
    const note = 'a word and '.repeat(40).trim();

    expect(yaml.write({ note })).toBe(`note: ${note}\n`);
  });

  test('S2-17: what stands twice is written twice', () => {
    const role = { name: 'chef' };

    expect(yaml.write([role, role])).toBe('- name: chef\n- name: chef\n');
  });

  test('S2-17: what has nothing to say is null', () => {
    expect(yaml.write(undefined)).toBe('null\n');
  });
});
