import { newId } from '@comanda/kernel/id';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import { procedures, type Schema } from '../fuzzing.ts';

const TWO_LINES = 'Two\nlines';
const TURNED = 'photo\u202Egnp.exe';

/** What has room for more than a line, wherever it is shown. */
const ON_SEVERAL = ['address', 'bio', 'description', 'instructions', 'message', 'note', 'reason'];
/** Looked up, compared or brought into a form of its own before anybody sees it: a field, or that of one call. */
const LOOKED_UP = [
  'cursor',
  'code',
  'email',
  'existing',
  'identifier',
  'idempotencyKey',
  'newPassword',
  'password',
  'auth.register phone',
  'people.create phone',
  'profile.update phone',
  'refreshToken',
  'username',
];

/** The texts of an input by the names of their fields, however deep. */
function textsIn(schema: Schema | undefined, name: string): { name: string; schema: Schema }[] {
  if (!schema) return [];
  const { type, shape, innerType, element, valueType, in: first, options } = schema._zod.def;
  if (type === 'string') return [{ name, schema }];
  const within = Object.entries(shape ?? {}).flatMap(([key, one]) => textsIn(one, key));
  const others = [innerType, element, valueType, first, ...(options ?? [])];
  return [...within, ...others.flatMap((one) => textsIn(one, name))];
}

const texts = procedures
  .filter(({ type }) => type === 'mutation')
  .flatMap(({ name: path, input }) =>
    textsIn(input, '').map(({ name, schema }) => ({ names: [name, `${path} ${name}`], schema })),
  );

/** What is kept of a text; nothing where it is refused. */
function keptOf({ schema }: { schema: Schema }, text: string): string {
  const { success, data } = schema.safeParse(text);
  return success ? String(data) : '';
}

describe('a text that is written down', () => {
  test('is one line, unless it has room for more', () => {
    const named = new Set([...ON_SEVERAL, ...LOOKED_UP]);
    const shown = texts.filter(({ names }) => !names.some((name) => named.has(name)));

    const open = shown.filter(
      (text) => keptOf(text, TWO_LINES).includes('\n') || keptOf(text, TURNED).includes('\u202E'),
    );

    expect(open.map(({ names }) => names[1])).toEqual([]);
    expect(shown.filter((text) => keptOf(text, TWO_LINES) === 'Two lines').length).toBeGreaterThan(
      30,
    );
  });

  test.each([...ON_SEVERAL, ...LOOKED_UP])('is somewhere one called %s', (name) => {
    expect(texts.flatMap(({ names }) => names)).toContain(name);
  });
});

describe('a name on two lines, or one that turns around what stands behind it', () => {
  test('S2-02 is one line on the menu', async () => {
    await using app = await openApp();
    const categoryId = await app.given.category();
    const item = { name: TURNED, description: TWO_LINES, categoryId, price: 900 };

    const made = await app.as('manager').menu.items.create.mutate(item);

    expect(made).toMatchObject({ name: 'photognp.exe', description: TWO_LINES });
  });

  test('S2-13 is one line in the kitchen, and words about the order stay as they are', async () => {
    await using app = await openApp();
    const guest = app.as('customer');
    const cart = await guest.cart.add.mutate({ itemId: await app.given.item() });

    await guest.orders.place.mutate({
      idempotencyKey: newId(),
      cartVersion: cart.version,
      type: 'pickup',
      customerName: TWO_LINES,
      instructions: TWO_LINES,
    });

    const { items } = await app.as('chef').kitchen.queue.query({});
    expect(items).toMatchObject([{ customerName: 'Two lines', instructions: TWO_LINES }]);
  });

  test('D7 is one line of a table, and that name is taken then', async () => {
    await using app = await openApp();
    const { tables } = app.as('manager');
    const made = await tables.create.mutate({ name: 'T\n1', seatsMax: 4 });

    const refused = await refusalOf(tables.create.mutate({ name: 'T\u202E 1', seatsMax: 4 }));

    expect(made.name).toBe('T 1');
    expect(refused).toMatchObject({ reason: 'TABLE_NAME_TAKEN' });
  });

  test('S1-18 is one line of a task', async () => {
    await using app = await openApp();

    const task = await app.as('chef').tasks.create.mutate({ title: TWO_LINES });

    expect(task.title).toBe('Two lines');
  });

  test('S1-20 is one line of a book', async () => {
    await using app = await openApp();
    const said = { title: TURNED, author: 'A\r\nB' };

    const book = await app.as('chef').books.create.mutate(said);

    expect(book).toMatchObject({ title: 'photognp.exe', author: 'A B' });
  });
});
