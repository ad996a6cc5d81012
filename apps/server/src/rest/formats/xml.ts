import type { Format } from './format.ts';

// An object is its fields by name, an array an element for each of its items, null an empty element
// with `nil="true"`, all else its text. Which of the types it was, the document of the mirror says.

export const xml: Format = {
  type: 'application/xml; charset=utf-8',
  write: (value) => documentOf('response', value, 'item'),
};

/** Its namespace and the name of its items are those of RFC 9457, appendix B. */
export const problemXml: Format = {
  type: 'application/problem+xml; charset=utf-8',
  write: (value) => documentOf('problem xmlns="urn:ietf:rfc:7807"', value, 'i'),
};

function documentOf(root: string, value: unknown, item: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element(root, value ?? null, item)}\n`;
}

/** `tag` may bring attributes. */
function element(tag: string, value: unknown, item: string): string {
  if (value === null) return `<${tag} nil="true"/>`;
  return `<${tag}>${contentOf(value, item)}</${tag.split(' ', 1)[0]}>`;
}

function contentOf(value: unknown, item: string): string {
  if (Array.isArray(value)) return value.map((one) => element(item, one, item)).join('');
  if (typeof value !== 'object' || value === null) return textOf(String(value));
  return Object.entries(value)
    .filter(([, one]) => one !== undefined)
    .map(([key, one]) => element(nameOf(key), one, item))
    .join('');
}

/**
 * What may not stand in a name becomes `_x0020_`, as in .NET and SQL Server, and so does what would read like that.
 * Only plain letters stay as they are: parsers do not agree on the others.
 */
function nameOf(key: string): string {
  if (NAME.test(key)) return key;
  if (key === '') return '_x_';
  return key.replaceAll(/^[\d.-]|_(?=x)|[^\w.-]/g, (unit) => {
    const number = unit.charCodeAt(0).toString(16).toUpperCase();
    return `_x${number.padStart(4, '0')}_`;
  });
}

const NAME = /^[A-Za-z](?:[A-Za-z\d.-]|_(?!x))*$/;

/** A parser would make a line feed of a bare carriage return. */
const ESCAPED: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\r': '&#13;',
};

/** Everything but XML's own `Char`: no escape lets it in. */
const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** Most texts are: nothing to look for, and nothing to replace. */
const PLAIN = /^[\w .,:;/()+-]*$/;

function textOf(text: string): string {
  if (PLAIN.test(text)) return text;
  return text
    .replaceAll(FORBIDDEN, '\uFFFD')
    .replaceAll(/[&<>"'\r]/g, (character) => ESCAPED[character] ?? character);
}
