import { describe, expect, test } from 'vitest';
import { line, lineOrNothing, words } from './text.ts';

describe('a line', () => {
  test.each<[string, string, string]>([
    ['line’s end', 'two\nlines', 'two lines'],
    ['end of a line as Windows has it', 'two\r\nlines', 'two lines'],
    ['tab', 'two\tparts', 'two parts'],
    ['separator of lines', 'two\u2028lines', 'two lines'],
    ['separator of paragraphs', 'two\u2029parts', 'two parts'],
    ['end of a line behind it', 'one\n\n', 'one'],
    ['word for a terminal', '\u001B[31mred', '[31mred'],
    ['control character of the upper half', 'a\u009Bb', 'a b'],
    ['turn of the writing', 'photo\u202Egnp.exe', 'photognp.exe'],
    ['isolation of the rest', 'a\u2067b\u2069', 'ab'],
  ])('is kept without a %s', (_, text, kept) => {
    expect(line(30).parse(text)).toBe(kept);
  });

  test.each<[string, string]>([
    ['half a character', 'a\uD800'],
    ['a NUL', 'a\0b'],
    ['nothing', ''],
    ['nothing that is kept', ' \n\u202E'],
    ['more than there is room for', 'x'.repeat(31)],
  ])('is not one with %s: %j', (_, text) => {
    expect(line(30).safeParse(text).success).toBe(false);
  });

  test.each([
    ['a family', '👩‍👩‍👧‍👦'],
    ['two directions, marked', 'לימון \u200Flemon\u200E'],
    ['letters that are kept apart', 'می\u200Cخواهم'],
    ['accents', 'crème brûlée № 7'],
  ])('is kept as it is in any language: %s', (_, text) => {
    expect(line(30).parse(` ${text} `)).toBe(text);
  });

  test('is empty where that is allowed', () => {
    expect(lineOrNothing(30).parse('\n')).toBe('');
  });
});

describe('words', () => {
  test('stand on as many lines as they like, and say something', () => {
    expect(words(30).parse(' First.\n\tSecond. ')).toBe('First.\n\tSecond.');
    expect(words(30).safeParse('\n').success).toBe(false);
  });
});
