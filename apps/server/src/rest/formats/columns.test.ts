import { describe, expect, test } from 'vitest';
import type { Field } from '../fields.ts';
import { columnsOf } from './columns.ts';

const text: Field = { type: 'string' };
const pageOf = (item: Field): Field => ({
  type: 'object',
  properties: { items: { type: 'array', items: item }, nextCursor: text },
});

describe('the columns of a list', () => {
  test('S2-17: are the fields of its items, by their paths', () => {
    const types = {
      Page: pageOf({ $ref: '#/components/schemas/Item' }),
      Item: {
        type: 'object',
        properties: {
          id: text,
          category: {
            anyOf: [{ $ref: '#/components/schemas/Category' }, { type: 'null' }],
          },
          tags: { type: 'array', items: text },
        },
      },
      Category: { type: 'object', properties: { id: text, title: text } },
    };

    expect(columnsOf({ $ref: '#/components/schemas/Page' }, types)).toEqual([
      'id',
      'category.id',
      'category.title',
      'tags',
    ]);
  });

  test('S2-17: of items of several kinds are those of all', () => {
    const paid = { type: 'object', properties: { id: text, paid: text } };
    const open = { type: 'object', properties: { id: text, due: { anyOf: [text, paid] } } };

    expect(columnsOf(pageOf({ oneOf: [paid, open] }), {})).toEqual([
      'id',
      'paid',
      'due',
      'due.id',
      'due.paid',
    ]);
  });

  test('S2-17: leave out names that are data', () => {
    const item = {
      type: 'object',
      properties: { id: text, before: { type: 'object', additionalProperties: {} } },
    };

    expect(columnsOf(pageOf(item), {})).toEqual(['id']);
  });
});
