import { listenToStatements } from '@comanda/storage/statements';
import type { TestApp } from '@comanda/testing';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { openApp } from '../app.ts';
import { allowedTo, ask, idsOf, SERVED } from './access.calls.ts';
import { type Ids, type Path, PATHS } from './access.table.ts';
import { sortsOf } from './plans.ts';
import { SORTED, STATEMENTS } from './statements.table.ts';

const QUERIES = PATHS.filter((path) => SERVED[path]?._def.type === 'query');
const MANAGERS = allowedTo('manager');

let app: TestApp;
let ids: Ids;
let tokens: { manager: string; admin: string };
let heard: string[] = [];
beforeAll(async () => {
  app = await openApp();
  listenToStatements(app.house.database, ({ text }) => heard.push(text));
  ids = await more(2);
  const [manager, admin] = await Promise.all([app.session('manager'), app.session('admin')]);
  tokens = { manager: manager.accessToken, admin: admin.accessToken };
});
afterAll(async () => {
  listenToStatements(app.house.database, () => undefined);
  await app[Symbol.asyncDispose]();
});

/** So many more of everything there is, for the manager and for as many strangers. */
async function more(count: number): Promise<Ids> {
  for (let made = 1; made < count; made += 1) {
    await idsOf(app, app.home.staff.manager);
    await idsOf(app, await app.given.person({ role: 'waiter' }));
  }
  return idsOf(app, app.home.staff.manager);
}

/** What the database is asked for one call, once what is remembered of its caller is there. */
async function asked(path: Path): Promise<{ status: number; texts: string[] }> {
  const token = MANAGERS.includes(path) ? tokens.manager : tokens.admin;
  await ask(app, { path, ids, token });
  heard = [];
  const { status } = await ask(app, { path, ids, token });
  return { status, texts: [...heard] };
}

test('every query has its number of statements', () => {
  expect(Object.keys(STATEMENTS).toSorted()).toEqual(QUERIES.toSorted());
});

test('every query asks the database as often as is written down, however much there is', async () => {
  const few = new Map<Path, Awaited<ReturnType<typeof asked>>>();
  for (const path of QUERIES) few.set(path, await asked(path));
  await more(6);
  const grown: Record<string, string[]> = {};
  for (const path of QUERIES) {
    const { status, texts } = await asked(path);
    if (status !== 200) grown[path] = [`answered ${status}`];
    else if (texts.length !== few.get(path)?.texts.length) grown[path] = texts;
  }

  expect(grown).toEqual({});
  expect(Object.fromEntries([...few].map(([path, { texts }]) => [path, texts.length]))).toEqual(
    STATEMENTS,
  );
});

/** What the database would read from end to end, with no index that it could take. */
async function scansOf(text: string): Promise<string[]> {
  const connection = app.house.database.orm.em.getConnection();
  const values = Array.from(text.matchAll(/\?/g), () => 1);
  if (inject('dialect') === 'sqlite') {
    const plan: { detail: string }[] = await connection.execute(
      `explain query plan ${text}`,
      values,
    );
    return plan
      .map(({ detail }) => detail)
      .filter((detail) => /^SCAN (?!.*USING (COVERING )?INDEX)/.test(detail));
  }
  // It chooses by how many rows there are, and here there are few: what counts is that it could.
  const plan: { table: string; type: string; possible_keys: string | null; key: string | null }[] =
    await connection.execute(`explain ${text}`, values);
  return plan
    .filter(
      ({ type, possible_keys, key }) => type === 'ALL' && possible_keys === null && key === null,
    )
    .map(({ table }) => table);
}

test('no query has to read a table from end to end', async () => {
  const whole: string[] = [];
  for (const path of QUERIES) {
    const { texts } = await asked(path);
    for (const text of texts.filter((one) => one.startsWith('select'))) {
      whole.push(...(await scansOf(text)).map((scan) => `${path}: ${scan}`));
    }
  }

  expect(whole).toEqual([]);
});

test('no query sorts what grows without end', async () => {
  const sorting: string[] = [];
  for (const path of QUERIES) {
    const { texts } = await asked(path);
    const sorts = await Promise.all(texts.map((text) => sortsOf(app, text)));
    if (sorts.flat().length > 0) sorting.push(path);
  }

  const known = inject('dialect') === 'sqlite' ? Object.keys(SORTED).toSorted() : [];
  expect(sorting.toSorted()).toEqual(known);
});
