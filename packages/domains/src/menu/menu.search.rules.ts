const MAX_WORDS = 60;
const MAX_TERMS = 8;
/** In bytes of JSON: what is left for a name in a cursor of 300 signs. */
const MAX_SORT_NAME = 120;
/** The first 40 letters and digits of every run of them. */
const WORD = /(?<![\p{L}\p{N}])[\p{L}\p{N}]{1,40}/gu;

/** Letters that are no base letter with marks, and what is typed in their place. */
const PLAIN: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
  ŋ: 'n',
  ŧ: 't',
  ς: 'σ',
};
const SPECIAL = new RegExp(`[${Object.keys(PLAIN).join('')}]`, 'g');

/** The words by which an item is found. Name what matters most first: the number of words is limited. */
export function wordsOf(...texts: string[]): string[] {
  return distinctWords(texts.join(' ')).slice(0, MAX_WORDS);
}

/** Every term has to begin some word of the item. They are letters and digits, so a pattern needs no escape. */
export function termsOf(query: string): string[] {
  return distinctWords(query).slice(0, MAX_TERMS);
}

function distinctWords(text: string): string[] {
  return [...new Set(plain(text).match(WORD))];
}

/** As a text sorts and is looked for: no marks, no capitals, no special letters. */
function plain(text: string): string {
  return text
    .replace(/\p{S}/gu, ' $& ') // № and ™ turn into letters, which are no part of the next word
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(SPECIAL, (letter) => PLAIN[letter] ?? letter);
}

/** As much of a name as it is sorted by. */
export function sortNameOf(name: string): string {
  let sortName = '';
  let size = 0;
  for (const letter of plain(name)) {
    size += Buffer.byteLength(JSON.stringify(letter)) - 2;
    if (size > MAX_SORT_NAME) break;
    sortName += letter;
  }
  return sortName;
}
