import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { problemXml, xml } from './xml.ts';

interface Element {
  name: string;
  attributes: string;
  children: Element[];
  text: string;
}

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const TOKEN = /<(\/?)([A-Za-z_][\w.-]*)((?: [a-z]+="[^"<&]*")*)(\/?)>|([^<&>]+|&(?:#\d+|\w+);)/y;

/** Reads as much of XML as is written here, as strictly as a parser, carriage returns included. */
function read(document: string): Element {
  const [declaration, rest = ''] = document.split(/(?<=\?>)\n/, 2);
  expect(declaration).toBe('<?xml version="1.0" encoding="UTF-8"?>');
  const top: Element = { name: '', attributes: '', children: [], text: '' };
  const open = [top];
  const source = document.slice((declaration?.length ?? 0) + 1).replaceAll(/\r\n?/g, '\n');
  expect(rest).not.toBe('');
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < source.length) {
    const at = TOKEN.lastIndex;
    const found = TOKEN.exec(source);
    const within = open.at(-1);
    if (!found || !within)
      throw new Error(`Not well-formed at ${JSON.stringify(source.slice(at))}`);
    const [, closes, name = '', attributes = '', isEmpty, text] = found;
    if (text !== undefined) within.text += decoded(text);
    else if (closes) ended(name, open.pop());
    else {
      const element = { name, attributes, children: [], text: '' };
      within.children.push(element);
      if (!isEmpty) open.push(element);
    }
  }
  expect(open).toEqual([top]);
  expect([top.children.length, top.text]).toEqual([1, '\n']);
  return top.children[0] as Element;
}

function ended(name: string, element: Element | undefined): void {
  expect(element?.name).toBe(name);
}

function decoded(text: string): string {
  for (const character of text) expect(isAllowed(character)).toBe(true);
  const [, number, name] = /^&(?:#(\d+)|(\w+));$/.exec(text) ?? [];
  if (number !== undefined) return String.fromCodePoint(Number(number));
  if (name === undefined) return text;
  expect(NAMED).toHaveProperty(name);
  return NAMED[name] ?? '';
}

/** `Char` of XML 1.0, by number. */
function isAllowed(character: string): boolean {
  const point = character.codePointAt(0) ?? 0;
  if (point < 0x20) return [0x9, 0xa, 0xd].includes(point);
  return point <= 0xd7ff || (point >= 0xe000 && point <= 0xfffd) || point >= 0x1_0000;
}

const nameIn = (name: string) =>
  name === '_x_'
    ? ''
    : name.replaceAll(/_x([0-9A-F]{4})_/g, (_, unit: string) =>
        String.fromCharCode(Number.parseInt(unit, 16)),
      );

type Told = [path: string, text: string | null];

/** What is told at the end of every path: by the document, and by the value that it was written from. */
function toldBy({ name, attributes, children, text }: Element): Told[] {
  const path = `/${nameIn(name)}`;
  if (attributes === ' nil="true"') return [[path, null]];
  if (children.length === 0) return [[path, text]];
  return children.flatMap(toldBy).map(([rest, end]) => [`${path}${rest}`, end]);
}

function expected(value: unknown, name = 'response'): Told[] {
  const path = `/${name}`;
  if (value === null) return [[path, null]];
  if (typeof value !== 'object') {
    const text = Array.from(`${value as string | number | boolean}`, (one) =>
      isAllowed(one) ? one : '\uFFFD',
    ).join('');
    return [[path, text]];
  }
  const inside = Array.isArray(value)
    ? value.flatMap((one) => expected(one, 'item'))
    : Object.entries(value).flatMap(([key, one]) => expected(one, key));
  return inside.length === 0 ? [[path, '']] : inside.map(([rest, end]) => [`${path}${rest}`, end]);
}

const bodyOf = (value: unknown) => xml.write(value).replace(/^.*\n/, '');

describe('XML', () => {
  test('S2-17: a value is written as elements', () => {
    const value = {
      items: [{ title: 'Greek salad', price: 900, sold: false, category: null, tags: ['a', 'b'] }],
      nextCursor: null,
    };

    expect(xml.write(value)).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n' +
        '<response><items><item><title>Greek salad</title><price>900</price><sold>false</sold>' +
        '<category nil="true"/><tags><item>a</item><item>b</item></tags></item></items>' +
        '<nextCursor nil="true"/></response>\n',
    );
  });

  test('S2-17: nothing is an empty element, null says that it is', () => {
    const value = { text: '', list: [], fields: {}, none: null, lists: [[], [1]], gone: undefined };

    expect(bodyOf(value)).toBe(
      '<response><text></text><list></list><fields></fields><none nil="true"/>' +
        '<lists><item></item><item><item>1</item></item></lists></response>\n',
    );
    expect(bodyOf(undefined)).toBe('<response nil="true"/>\n');
    expect(bodyOf([1, null])).toBe('<response><item>1</item><item nil="true"/></response>\n');
  });

  test('S2-17: what means something in XML is escaped', () => {
    expect(bodyOf({ note: `a<b>&amp;"c"'d'\r\n]]>` })).toBe(
      '<response><note>a&lt;b&gt;&amp;amp;&quot;c&quot;&apos;d&apos;&#13;\n]]&gt;</note></response>\n',
    );
  });

  test.each(['\u0000', '\u0008', '\u000B', '\u001F', '\uFFFE', '\uFFFF', '\uD800', '\uDFFF'])(
    'S2-17: what XML forbids, as %j, is replaced',
    (character) => {
      expect(bodyOf(`a${character}b`)).toBe('<response>a\uFFFDb</response>\n');
    },
  );

  test('S2-17: pictures of two units stay whole', () => {
    expect(bodyOf('🍕\u{10FFFF}é\u0085')).toBe('<response>🍕\u{10FFFF}é\u0085</response>\n');
  });

  test.each([
    ['', '_x_'],
    ['2026-06-01', '_x0032_026-06-01'],
    ['-a.b-c', '_x002D_a.b-c'],
    ['a b', 'a_x0020_b'],
    ['a:b', 'a_x003A_b'],
    ['><x y="', '_x003E__x003C_x_x0020_y_x003D__x0022_'],
    ['é', '_x00E9_'],
    ['🍕', '_xD83C__xDF55_'],
    ['_x0020_', '_x005F_x0020_'],
    ['a_x0041_', 'a_x005F_x0041_'],
    ['_a_b', '_a_b'],
  ])('S2-17: the name %j is written as %s', (key, name) => {
    expect(bodyOf({ [key]: 1 })).toBe(`<response><${name}>1</${name}></response>\n`);
  });

  test('S2-17: what is written is well-formed, and tells every text under its name', () => {
    const character = fc.oneof(
      fc.constantFrom(...'&<>"\'\r\n\t/=_x0020:;?!-]#\u0000\uFFFE'.split('')),
      fc.nat(0xffff).map((unit) => String.fromCharCode(unit)),
    );

    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: character, maxDepth: 4 }), (value) => {
        expect(toldBy(read(xml.write(value)))).toEqual(expected(value));
      }),
      { numRuns: 1_000 },
    );
  });

  test('S2-17: a problem has the namespace and the items of RFC 9457', () => {
    const problem = { status: 400, details: { issues: [{ path: 'a' }, { path: 'b' }] } };

    expect(problemXml.write(problem)).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n' +
        '<problem xmlns="urn:ietf:rfc:7807"><status>400</status><details><issues>' +
        '<i><path>a</path></i><i><path>b</path></i></issues></details></problem>\n',
    );
  });
});
