import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { termsOf, wordsOf } from './menu.search.rules.ts';

/** What the table of words finds: every term begins some word. */
function found(query: string, ...texts: string[]): boolean {
  const words = wordsOf(...texts);
  return termsOf(query).every((term) => words.some((word) => word.startsWith(term)));
}

const letters = fc.constantFrom(
  ...Array.from('aàAÉïñßẞæÆœøØłŁđÐþħıİŋŧﬁĲſςΣσΆжйЁأبשׁ寿司ガ한글ㅎกี१٣²½Ⅷ５％😀™№Ⓥ㉠'),
  'e\u0301',
  'a\u0327\u0301',
  ...Array.from("%_\\'- \n\0"),
  '\uD800',
);
const menuText = fc.string({ unit: letters, maxLength: 60 });
const anyText = fc.oneof(menuText, fc.string({ unit: 'binary', maxLength: 60 }));

describe('the words of an item', () => {
  test.each([
    ['Spaghetti alla Carbonara', ['spaghetti', 'alla', 'carbonara']],
    ['Crème Brûlée', ['creme', 'brulee']],
    ['Weißwürste mit süßem Senf', ['weisswurste', 'mit', 'sussem', 'senf']],
    ['Smørrebrød & Rødgrød', ['smorrebrod', 'rodgrod']],
    ['Œufs, Ægg, Łosoś, Đuveč', ['oeufs', 'aegg', 'losos', 'duvec']],
    ['İSKENDER ışık', ['iskender', 'isik']],
    ['ﬁlet № 5 — ½ l', ['filet', 'no', '5', '1', '2', 'l']],
    ['ΜΟΥΣΑΚΑΣ', ['μουσακασ']],
    ['Nonna’s™ №1 Ⓥeggie', ['nonna', 's', 'tm', 'no', '1', 'v', 'eggie']],
    ['Борщ с йогуртом', ['борщ', 'с', 'иогуртом']],
    ['寿司・鮨', ['寿司', '鮨']],
    ['Ｆｕｌｌ １２', ['full', '12']],
    ["L'Osteria's pane_di-casa 100%", ['l', 'osteria', 's', 'pane', 'di', 'casa', '100']],
    ['tè tè TÈ', ['te']],
    ['!!! 🍕', []],
  ])('S2-07 %j: %j', (text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });

  test('S2-07 come from all of its texts, the first ones first', () => {
    expect(wordsOf('Pizza Margherita', 'Tomato', '', 'Pizza')).toEqual([
      'pizza',
      'margherita',
      'tomato',
    ]);
  });

  test('have at most 40 letters, however many bytes a letter has', () => {
    expect(wordsOf('x'.repeat(41), '𝔘'.repeat(30), '𐐨'.repeat(41))).toEqual([
      'x'.repeat(40),
      'u'.repeat(30),
      '𐐨'.repeat(40),
    ]);
  });

  test('are at most 60', () => {
    const many = Array.from({ length: 80 }, (_, n) => `word${n}`);

    expect(wordsOf(many.join(' '))).toEqual(many.slice(0, 60));
  });
});

describe('the terms of a query', () => {
  test('are at most eight, each once', () => {
    expect(termsOf('one two two three four five six seven eight nine')).toEqual([
      'one',
      'two',
      'three',
      'four',
      'five',
      'six',
      'seven',
      'eight',
    ]);
  });

  test.each(['', '  ', '%', '_', '%%__\\', '！'])('%j: none', (query) => {
    expect(termsOf(query)).toEqual([]);
  });

  test('never hold what a pattern or a database reads as something else', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const term of [...termsOf(text), ...wordsOf(text)]) {
          expect(term).toMatch(/^[\p{L}\p{N}]{1,40}$/u);
          expect(term).toBe(term.toLowerCase());
          expect(term).toBe(term.normalize('NFKD'));
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('a search', () => {
  test.each([
    ['brul', 'Crème Brûlée'],
    ['BRÛL creme', 'Crème Brûlée'],
    ['bru\u0302le\u0301e', 'Crème Brûlée'],
    ['weissw', 'Weißwürste'],
    ['weiß', 'Weisswürste'],
    ['ΜΟΥΣ', 'μουσακάς'],
    ['한', '한글'],
    ['하', '한글'],
    ['kofte isk', 'İskender Köfte'],
  ])('S2-07 for %j finds %j', (query, text) => {
    expect(found(query, text)).toBe(true);
  });

  test.each([
    ['rulee', 'Crème Brûlée'],
    ['creme caramel', 'Crème Brûlée'],
    ['brulees', 'Crème Brûlée'],
  ])('S2-07 for %j does not find %j', (query, text) => {
    expect(found(query, text)).toBe(false);
  });

  test('S2-07 for any beginning of any word finds the text, however it is written', () => {
    const cut = fc.tuple(anyText, fc.nat(), fc.nat(50));

    fc.assert(
      fc.property(cut, ([text, which, length]) => {
        const typed = text.match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
        const word = Array.from(typed[which % typed.length] ?? '');
        const beginning = word.slice(0, length).join('');

        expect(found(beginning, text)).toBe(true);
        expect(found(beginning.normalize('NFD'), text)).toBe(true);
        expect(found(beginning.normalize('NFC'), text)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  test('S2-07 finds small and capital letters alike', () => {
    fc.assert(
      fc.property(menuText, (text) => {
        expect(wordsOf(text.toUpperCase())).toEqual(wordsOf(text));
        expect(wordsOf(text.toLowerCase())).toEqual(wordsOf(text));
      }),
      { numRuns: 1_000 },
    );
  });

  test('S2-07 for the words of a text finds that text, and its words are its own words', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const words = wordsOf(text);

        expect(wordsOf(...words)).toEqual(words);
        expect(words.every((word) => found(word, text))).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});
