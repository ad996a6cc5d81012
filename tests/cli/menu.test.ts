import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client, MenuFile } from '@comanda/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answered, type Desks, openDesks } from './desks.ts';
import { type Desk, typed } from './running.ts';

let desks: Desks;
let manager: Desk;
let house: Client;

beforeAll(async () => {
  desks = await openDesks();
  manager = await desks.signedIn('manager');
  house = desks.server.client((await desks.server.signIn('manager')).accessToken);
  await house.menu.import.mutate({ items: [ODD] });
});
afterAll(() => desks?.[Symbol.asyncDispose]());

const menu = () => house.menu.export.query();
const itemOf = async (slug: string) => (await menu()).items.find((item) => item.slug === slug);
const imported = (file: string, ...args: string[]) =>
  typed(manager, ['menu', 'import', file, ...args]);

/** Words that some format could take for something else. */
const ODD: MenuFile['items'][number] = {
  slug: 'odd',
  category: 'antipasti',
  name: '=1+1, "quoted"; and \'so\'',
  description: "'-apostrophe\r\nand a line,\nand another: # no comment",
  price: 1,
  taxBps: 0,
  featured: true,
  available: false,
  allergens: ['nuts; all', '[x]', 'no'],
  station: '007',
  prepMinutes: null,
  stockMode: 'count',
  stockLeft: 3,
  stockLow: 1,
  options: [
    {
      id: '01a20000-0000-7000-8000-000000000001',
      name: '@size',
      min: 0,
      max: 2,
      options: [
        {
          id: '01a20000-0000-7000-8000-000000000002',
          name: 'yes',
          priceDelta: -50,
          available: true,
          maxQuantity: 2,
        },
      ],
    },
  ],
  mealtimes: { '1': [{ from: '09:30', to: '24:00' }] },
};

describe('a menu that is exported', () => {
  test.each(['yaml', 'csv'])('and imported as %s is as it was', async (format) => {
    const before = await menu();
    const { items: shown } = await house.menu.list.query({ limit: 100 });
    const file = desks.file(`menu.${format}`, '');

    const written = await answered(manager, 'menu', 'export', '--file', file);
    const told = await answered(manager, 'menu', 'import', file);

    expect(written).toMatchObject({ file, format, items: before.items.length });
    expect(told).toMatchObject({
      categories: { added: [], changed: [] },
      items: { added: [], changed: [] },
    });
    expect(await menu()).toEqual(before);
    expect((await house.menu.list.query({ limit: 100 })).items).toEqual(shown);
  });

  test.each(['yaml', 'csv'])('comes back from %s, whatever its words are', async (format) => {
    const { out } = await typed(manager, ['menu', 'export', '--format', format]);
    await house.menu.import.mutate({
      items: [{ ...ODD, name: 'x', description: '', allergens: [], station: null, options: [] }],
    });

    const { code } = await imported(desks.file(`menu.${format}`, out));

    expect(code).toBe(0);
    expect(await itemOf('odd')).toEqual(ODD);
  });

  test('runs nothing in a spreadsheet', async () => {
    const { out } = await typed(manager, ['menu', 'export', '--format', 'csv']);

    expect(out).toContain(`"'=1+1, ""quoted""; and 'so'"`);
  });

  test('is shown as JSON to a program', async () => {
    expect(await answered(manager, 'menu', 'export')).toEqual(await menu());
  });
});

describe('importing a menu', () => {
  test('changes what a spreadsheet has changed, and nothing else', async () => {
    const [, first, second] = (await menu()).items;
    const prices = `\uFEFFslug;price\r\n${first?.slug};1234\r\n;\r\n${second?.slug};${second?.price}\r\n`;

    const told = await answered(manager, 'menu', 'import', desks.file('prices.csv', prices));

    expect(told).toMatchObject({
      items: {
        added: [],
        changed: [
          { slug: first?.slug, fields: [{ field: 'price', from: first?.price, to: 1234 }] },
        ],
      },
      same: 1,
    });
    expect((await menu()).items.slice(0, 3)).toEqual([ODD, { ...first, price: 1234 }, second]);
  });

  test('adds categories and items, with ids of their own for options', async () => {
    const yaml = [
      'categories: [{ slug: soups, title: Soups, position: 9 }]',
      'items:',
      '  - slug: ribollita',
      '    category: soups',
      '    name: Ribollita',
      '    price: 850',
      '    options: [{ name: Size, options: [{ name: Large, priceDelta: 200 }] }]',
    ].join('\n');
    const file = desks.file('soups.yaml', yaml);

    const first = await imported(file);
    const again = await answered(manager, 'menu', 'import', file);

    expect(first).toMatchObject({
      code: 0,
      out: '  soups: new\n  ribollita: new\n2 added, 0 changed, 0 as they were.\n',
    });
    expect(again).toMatchObject({ items: { added: [], changed: [] }, same: 2 });
    expect(await itemOf('ribollita')).toMatchObject({
      available: true,
      options: [
        { max: 1, options: [{ name: 'Large', id: expect.stringMatching(/^[\da-f-]{36}$/) }] },
      ],
    });
  });

  test('tells all that is wrong by line and column, and sends nothing', async () => {
    const before = await menu();
    const [first] = before.items;
    const csv = [
      'slug,category,name,price,featured,options',
      `${first?.slug},,"two`,
      'lines",9.50,maybe,',
      'Burrata,antipasti,,12,true,{x',
      'fresh,nowhere,Fresh,100,FALSE,',
      'fresh,antipasti,Fresh,100,FALSE,',
      'fresher,antipasti,,100,,',
    ].join('\n');
    const file = desks.file('bad.csv', csv);

    const { code, out, err } = await imported(file);

    expect([code, out]).toEqual([7, '']);
    expect(err.trimEnd().split('\n')).toEqual([
      `${file} cannot be taken as it is. Nothing of it was sent.`,
      '  line 2, price: is a whole number in the smallest unit of the currency, such as 950 for 9.50',
      '  line 2, featured: is true or false',
      '  line 4, options: is no JSON',
      '  line 4, slug: is lower-case words joined by dashes',
      '  line 5, category: there is no category nowhere; comanda menu categories create makes one',
      '  line 6, slug: stands in line 5 already',
      '  line 7, name: is missing, and this one is new',
    ]);
    expect(await menu()).toEqual(before);
  });

  test('tells what is wrong in YAML by entry and field, and programs as JSON', async () => {
    const yaml = 'items:\n  - slug: odd\n    prise: 12\n  - slug: new\n    name: 12\nfood: []\n';
    const file = desks.file('bad.yaml', yaml);

    const { code, err } = await imported(file, '--json');

    expect(code).toBe(7);
    expect(JSON.parse(err)).toMatchObject({
      error: {
        reason: 'FILE_REFUSED',
        details: {
          file,
          problems: [
            { line: 0, field: 'food' },
            { line: 2, place: 'items entry 1 (line 2)', field: 'prise' },
            { line: 4, place: 'items entry 2 (line 4)', field: 'name' },
          ],
        },
      },
    });
  });

  test('tells what only the service knows by its line, too', async () => {
    const before = await menu();
    const [first, second] = before.items;
    const late = '"{""1"":[{""from"":""09:00"",""to"":""25:00""}]}"';
    const csv = `slug,mealtimes\n${first?.slug},\n${second?.slug},${late}\n`;

    const { code, err } = await imported(desks.file('late.csv', csv));

    expect(code).toBe(7);
    expect(err).toMatch(
      /^ {2}line 3, mealtimes\.1\.0\.to: a time of day such as 22:00, or 24:00$/m,
    );
    expect(await menu()).toEqual(before);
  });

  test('of what is too long for one call says how far it came, and goes on from there', async () => {
    const rows = (wrong: string) =>
      Array.from(
        { length: 250 },
        (_, at) => `many-${at},antipasti,Many,1,${at === 230 ? wrong : ''}`,
      );
    const csv = (wrong: string) =>
      ['slug,category,name,price,mealtimes', ...rows(wrong)].join('\n');
    const wrong = '"{""1"":[{""from"":""9"",""to"":""10:00""}]}"';

    const first = await imported(desks.file('many.csv', csv(wrong)));
    const then = await answered(manager, 'menu', 'import', desks.file('many.csv', csv('')));

    expect(first.code).toBe(7);
    expect(first.err).toContain('200 are in already, up to line 201; the rest is not.');
    expect(first.err).toContain('line 232, mealtimes.1.0.from: ');
    expect(then).toMatchObject({ items: { added: { length: 50 }, changed: [] }, same: 200 });
  });

  test('on trial tells what would change, and changes nothing', async () => {
    const before = await menu();
    const yaml =
      'items: [{ slug: odd, price: 77 }, { slug: dry, category: primi, name: Dry, price: 1 }]';

    const { code, out } = await imported(desks.file('dry.yaml', yaml), '--dry-run');

    expect([code, out]).toEqual([
      0,
      '  odd: price 1 → 77\n  dry: new\n1 would be added, 1 would be changed, 0 as they were.\n',
    ]);
    expect(await menu()).toEqual(before);
  });

  test('takes what is piped in', async () => {
    const args = ['menu', 'import', '-', '--format', 'csv', '--dry-run'];

    const { code, out } = await typed(manager, args, 'slug,price\nodd,78\n');

    expect([code, out.split('\n')[0]]).toEqual([0, '  odd: price 1 → 78']);
  });

  test('is not for everybody', async () => {
    const waiter = await desks.signedIn('waiter');

    const { code } = await typed(waiter, ['menu', 'import', desks.file('x.csv', 'slug\nodd\n')]);

    expect(code).toBe(4);
  });
});

describe('a file that is broken', () => {
  const utf16 = Buffer.from('\uFEFFslug\nodd\n', 'utf16le');
  const bomb = [
    'a: &a [x, x]',
    ...'bcdefghijklm'.split('').map((name, at) => {
      const last = 'abcdefghijkl'[at];
      return `${name}: &${name} [*${last}, *${last}, *${last}]`;
    }),
  ].join('\n');

  test.each<[string, string, string | Buffer]>([
    ['It is empty.', 'x.csv', ''],
    ['It is empty.', 'x.yaml', ' \n'],
    ['It is UTF-16. Save it as UTF-8.', 'x.csv', utf16],
    [
      'It is no text in UTF-8. Save it as UTF-8.',
      'x.csv',
      Buffer.from('slug\ncaf\xe9\n', 'latin1'),
    ],
    ['It holds a NUL, so it is no text.', 'x.csv', 'slug\n\0\n'],
    ['It is larger than 5 MB.', 'x.csv', Buffer.alloc(10_000_000, 'slug\n')],
    ['line 1, slug: this column stands there twice', 'x.csv', 'slug,slug\nodd,odd\n'],
    ['line 1, prise: there is no such column; there are category, slug,', 'x.csv', 'slug,prise\n'],
    ['line 1: column 2 has no name', 'x.csv', 'slug,\nodd,1\n'],
    ['line 2: has 3 cells, and the header 2', 'x.csv', 'slug,price\nodd,1,2\n'],
    ['line 2: ', 'x.csv', 'slug\n"odd\n'],
    ['line 2: Map keys must be unique', 'x.yaml', 'items: []\nitems: []\n'],
    ['line 2: ', 'x.yaml', 'items:\n\t- slug: odd\n'],
    ['line 1: Unresolved tag: !foo', 'x.yaml', 'items: !foo x\n'],
    ['It has to be lists under the names categories and items.', 'x.yaml', '- slug: odd\n'],
    ['items has to be a list, an entry for each.', 'x.yaml', 'items: { slug: odd }\n'],
    [
      'items entry 2 (line 3): has to be names and their values',
      'x.yaml',
      'items:\n- slug: odd\n- 1\n',
    ],
    ['line 1: it is nested too deeply', 'x.yaml', '['.repeat(20_000)],
    ['Its aliases cannot be resolved: ', 'x.yaml', `${bomb}\n`],
  ])('%s (%s)', async (message, name, content) => {
    const { code, out, err } = await imported(desks.file(name, content));

    expect([code, out]).toEqual([7, '']);
    expect(err).toContain(
      `${name} cannot be taken as it is. Nothing of it was sent.\n  ${message}`,
    );
    expect(err).not.toMatch(/^ +at /m);
  });

  test.each<[string, string[]]>([
    ['cannot be read', ['menu', 'import', '/nowhere/menu.yaml']],
    ['Say --format csv', ['menu', 'import', '/nowhere/menu']],
    ['--format is csv or yaml, not pdf.', ['menu', 'export', '--format', 'pdf']],
    ['cannot be written', ['menu', 'export', '--file', '/nowhere/menu.yaml']],
    ['Usage: comanda menu import <file>', ['menu', 'import']],
  ])('or is none: %s', async (message, args) => {
    const { code, out, err } = await typed(manager, args);

    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(message);
  });
});

describe('a command that has the name of a procedure', () => {
  test('leaves the procedure to its dotted name, and to call', async () => {
    const raw = await Promise.all([
      typed(manager, ['menu.import', '--help']),
      typed(manager, ['call', 'menu', 'import', '--help']),
    ]);
    const { out: own } = await typed(manager, ['menu', 'import', '--help']);
    const asked = await answered(manager, 'call', 'menu.export');

    expect(raw.map(({ out }) => out.split('\n')[0])).toEqual([
      'Usage: comanda menu.import [flags]',
      'Usage: comanda menu.import [flags]',
    ]);
    expect(own).toContain('comanda call menu.import');
    expect(asked).toEqual(await menu());
  });

  test('writes into a file what it shows', async () => {
    const file = join(manager.folder, 'shown.yaml');
    const { out } = await typed(manager, ['menu', 'export']);

    await typed(manager, ['menu', 'export', '--file', file]);

    expect(readFileSync(file, 'utf8')).toBe(out);
  });
});
