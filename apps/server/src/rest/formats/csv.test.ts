import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csv } from './csv.ts';

/** As RFC 4180 says, and nothing else: every line ends, and quotes stand where they have to. */
function recordsOf(text: string): string[][] {
  const records: string[][] = [[]];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  while (cell.lastIndex < text.length) {
    const found = cell.exec(text);
    if (!found) throw new Error(`No cell at ${JSON.stringify(text)}`);
    const [, quoted, plain = '', end] = found;
    records.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === '\r\n') records.push([]);
  }
  return records.slice(0, -1);
}

const rowsOf = (items: unknown[], columns?: string[]) =>
  recordsOf(csv(columns).write({ items, nextCursor: 'next' }));

const character = fc.oneof(
  fc.constantFrom(...'",;\r\n\t=+-@\'| \uFEFF\uFF1D'.split('')),
  fc.nat(0xffff).map((unit) => String.fromCharCode(unit)),
);
const text = fc.string({ unit: character, maxLength: 8 });
const RUN = ['=', '+', '-', '@', '\t', '\r'];
const harmless = text.filter((value) => !/^[-=+@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/.test(value));

describe('CSV', () => {
  test('S2-17: a page is a header and a row for each item', () => {
    const items = [
      { id: 1, title: 'Greek salad', available: true },
      { id: 2, title: 'Bruschetta', available: false },
    ];

    expect(csv().write({ items, nextCursor: null })).toBe(
      'id,title,available\r\n1,Greek salad,true\r\n2,Bruschetta,false\r\n',
    );
  });

  test('S2-17: fields of fields stand under their path, arrays as JSON', () => {
    const items = [{ category: { title: 'Mains', of: { id: 7 } }, tags: ['a', { b: 'c,"d"' }] }];

    expect(rowsOf(items)).toEqual([
      ['category.title', 'category.of.id', 'tags'],
      ['Mains', '7', '["a",{"b":"c,\\"d\\""}]'],
    ]);
  });

  test('S2-17: the columns are those of any row', () => {
    expect(rowsOf([{ a: 1 }, { b: 2 }, { a: 3, c: { d: 4 } }])).toEqual([
      ['a', 'b', 'c.d'],
      ['1', '', ''],
      ['', '2', ''],
      ['3', '', '4'],
    ]);
  });

  test('S2-17: null is an empty cell, under the fields that other rows have there', () => {
    const items = [
      { id: 1, category: null, note: null },
      { id: 2, category: { title: 'Mains' } },
    ];

    expect(rowsOf(items)).toEqual([
      ['id', 'note', 'category.title'],
      ['1', '', ''],
      ['2', '', 'Mains'],
    ]);
  });

  test('S2-17: a field that is a text in one row and has fields in another keeps both', () => {
    expect(rowsOf([{ tip: 'none' }, { tip: { fixed: 100 } }])).toEqual([
      ['tip', 'tip.fixed'],
      ['none', ''],
      ['', '100'],
    ]);
  });

  test('S2-17: known columns come first, and on every page', () => {
    expect(rowsOf([], ['id', 'category.title'])).toEqual([['id', 'category.title']]);
    expect(rowsOf([{ extra: 1, id: 2, category: null }], ['id', 'category.title'])).toEqual([
      ['id', 'category.title', 'extra'],
      ['2', '', '1'],
    ]);
  });

  test('S2-17: without rows and known columns there is nothing', () => {
    expect(csv().write({ items: [], nextCursor: null })).toBe('');
    expect(csv().write({ items: [{}], nextCursor: null })).toBe('');
  });

  test('S2-17: items that have no fields stand in one column', () => {
    expect(rowsOf(['a', 1, null, ['b']])).toEqual([['value'], ['a'], ['1'], [''], ['["b"]']]);
  });

  test('S2-17: an empty cell of a single column is no empty line', () => {
    expect(csv().write({ items: [{ note: null }, { note: 'x' }] })).toBe('note\r\n""\r\nx\r\n');
  });

  test.each(RUN)('S2-17: a text that starts with %j is run by no spreadsheet', (start) => {
    const formula = `${start}HYPERLINK("http://x.example","Total")`;

    expect(rowsOf([{ [formula]: formula }])).toEqual([[`'${formula}`], [`'${formula}`]]);
  });

  test('S2-17: numbers stay numbers', () => {
    expect(csv().write({ items: [{ a: -5, b: -0.25, c: 1e21, d: '-5', e: '+49 30' }] })).toBe(
      "a,b,c,d,e\r\n-5,-0.25,1e+21,'-5,'+49 30\r\n",
    );
  });

  test('S2-17: every text comes back, with an apostrophe where a spreadsheet would run it', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text), { minLength: 1 }), (pairs) => {
        const [header, ...rows] = rowsOf(pairs.map(([a, b]) => ({ a, b })));

        expect(header).toEqual(['a', 'b']);
        expect(
          rows.map((row) => row.map((cell) => cell.replace(/^'(?=[-=+@\t\r\uFF1D])/, ''))),
        ).toEqual(
          pairs.map((pair) => pair.map((cell) => cell.replace(/^'(?=[-=+@\t\r\uFF1D])/, ''))),
        );
        expect(rows.flat().filter((cell) => RUN.includes(cell.slice(0, 1)))).toEqual([]);
      }),
    );
  });

  test('S2-17: every row comes back, whatever its fields are called', () => {
    const name = harmless.filter((key) => key !== '' && !key.includes('.'));
    const cell = fc.oneof(harmless, fc.integer(), fc.boolean(), fc.constant(null));
    const rows = fc.uniqueArray(name, { minLength: 1, maxLength: 5 }).chain((names) =>
      fc.record({
        names: fc.constant(names),
        cells: fc.array(fc.tuple(...names.map(() => cell)), { minLength: 1, maxLength: 5 }),
      }),
    );

    fc.assert(
      fc.property(rows, ({ names, cells }) => {
        const items = cells.map((row) =>
          Object.fromEntries(row.map((value, index) => [names[index], value])),
        );
        const written = rowsOf(items, names);

        expect(written).toEqual([
          names,
          ...cells.map((row) => row.map((one) => String(one ?? ''))),
        ]);
      }),
    );
  });
});
