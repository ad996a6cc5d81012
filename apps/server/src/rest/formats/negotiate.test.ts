import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatFor, problemFormatFor } from './negotiate.ts';

const one = (accept: string | undefined) => formatFor(accept, { list: false })?.type;
const list = (accept: string | undefined) => formatFor(accept, { list: true })?.type;
const problem = (accept: string | undefined) => problemFormatFor(accept).type;

const JSON_TYPE = 'application/json; charset=utf-8';
const XML_TYPE = 'application/xml; charset=utf-8';
const YAML_TYPE = 'application/yaml; charset=utf-8';
const CSV_TYPE = 'text/csv; charset=utf-8';

describe('the format of an answer', () => {
  test.each([
    undefined,
    '',
    '  ',
    '*/*',
    '*',
    'application/*',
    'application/json',
    'Application/JSON',
  ])('S2-17: %j is answered in JSON', (accept) => {
    expect([one(accept), list(accept)]).toEqual([JSON_TYPE, JSON_TYPE]);
  });

  test.each([
    ['application/xml', XML_TYPE],
    ['text/xml', 'text/xml; charset=utf-8'],
    ['application/yaml', YAML_TYPE],
    ['application/x-yaml', 'application/x-yaml; charset=utf-8'],
    ['text/yaml', 'text/yaml; charset=utf-8'],
  ])('S2-17: %s is answered under that name', (accept, type) => {
    expect([one(accept), list(accept)]).toEqual([type, type]);
  });

  test('S2-17: only lists come as CSV', () => {
    expect(list('text/csv')).toBe(CSV_TYPE);
    expect(one('text/csv')).toBeUndefined();
    expect(one('text/csv, application/yaml;q=0.1')).toBe(YAML_TYPE);
  });

  test.each([
    ['application/json;q=0.5, application/xml', XML_TYPE],
    ['application/xml;q=0.8, text/csv;q=0.9, */*;q=0.1', CSV_TYPE],
    ['application/xml;q=0.001, text/html', XML_TYPE],
    ['text/html, application/yaml; q=.2', YAML_TYPE],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', XML_TYPE],
    ['text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2', JSON_TYPE],
  ])('S2-17: of %j the heaviest is answered', (accept, type) => {
    expect(list(accept)).toBe(type);
  });

  test.each([
    'application/xml, application/json',
    'text/csv;q=0.5, application/yaml;q=0.5, application/json;q=0.5',
    'application/xml, */*',
    'application/yaml, application/*',
  ])('S2-17: between equals, %j, it is JSON', (accept) => {
    expect(list(accept)).toBe(JSON_TYPE);
  });

  test.each([
    ['application/json;q=0, */*', XML_TYPE],
    ['application/*;q=0, */*', 'text/xml; charset=utf-8'],
    ['application/*;q=0, application/yaml, text/*;q=0', YAML_TYPE],
    ['application/*;q=0.1, application/json;q=0, */*;q=0.5', 'text/xml; charset=utf-8'],
  ])('S2-17: in %j the most exact range has the say', (accept, type) => {
    expect(list(accept)).toBe(type);
  });

  test.each([
    'text/html',
    'image/*',
    'application/json;q=0',
    '*/*;q=0',
    'application/pdf, text/plain',
  ])('S2-17: for %j there is none', (accept) => {
    expect(list(accept)).toBeUndefined();
  });

  test.each([
    ['application/json; charset=utf-8', JSON_TYPE],
    ['text/csv;header=present;q=1, application/json;q=0.9', CSV_TYPE],
    ['application/xml;charset="utf-8";q=0.3', XML_TYPE],
  ])('S2-17: other parameters of %j are passed over', (accept, type) => {
    expect(list(accept)).toBe(type);
  });

  test.each([
    'application/json;q=much',
    'application/json;q=-1',
    'application/json;q=2',
    'application/json;q=',
    'application/json;q=1e3',
  ])('S2-17: a weight that is none says nothing: %s', (accept) => {
    expect(list(accept)).toBeUndefined();
    expect(list(`${accept}, */*;q=0.1`)).toBe(JSON_TYPE);
  });

  test('S2-17: no garbage makes it throw', () => {
    const pieces = fc.constantFrom(
      ...'*/;,=".\\q01 \t'.split(''),
      'application/',
      'json',
      '__proto__',
      'q=',
    );
    const latin = fc.nat(0xff).map((unit) => String.fromCharCode(unit));
    const garbage = fc.oneof(fc.string({ unit: latin }), fc.string({ unit: pieces }));

    fc.assert(
      fc.property(garbage, (accept) => {
        expect(() => [one(accept), list(accept), problem(accept)]).not.toThrow();
      }),
    );
  });

  test('S2-17: a list comes with the columns that are known of it', () => {
    const format = formatFor('text/csv', { list: true, columns: ['id', 'title'] });

    expect(format?.write({ items: [], nextCursor: null })).toBe('id,title\r\n');
  });
});

describe('the format of a problem', () => {
  test.each([
    undefined,
    '',
    '*/*',
    'application/json',
    'application/problem+json',
    'text/html',
    'text/csv',
    'application/yaml',
    'application/xml, application/json',
    'application/xml, */*',
    'application/xml;q=0',
    '*/*;q=0',
  ])('S2-17: to %j it is told in JSON', (accept) => {
    expect(problem(accept)).toBe('application/problem+json; charset=utf-8');
  });

  test.each([
    'application/xml',
    'text/xml',
    'application/problem+xml',
    'application/xml;q=0.2, text/csv',
    'application/xml, application/json;q=0.5',
    'application/json;q=0, */*',
  ])('S2-17: to %j it is told in XML', (accept) => {
    expect(problem(accept)).toBe('application/problem+xml; charset=utf-8');
  });
});
