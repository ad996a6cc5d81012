import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { CallError } from '@comanda/client';
import type { ItemView } from '@comanda/domains/menu/menu.schema';
import { PASSWORD, type Person } from '@comanda/testing/given';
import { type Kind, openPremises, type Premises } from '../tests/faults/premises.ts';
import { type Server, startServer } from '../tests/faults/server.ts';
import { ITEMS, menuFiles } from './menu.ts';

const CUSTOMERS = 8;
export const ORDERS = 200;
const LINES = 3;
const IN_ONE_PAGE = 100;
const PATIENCE = 60;
const UNTIL_AGAIN_MS = 1_000;

/** Ours as it ships: a server on a database file, or on a MariaDB, with a menu, orders and people. */
export interface OurHouse extends AsyncDisposable {
  readonly premises: Premises;
  readonly server: Server;
  readonly pids: { server: number; database: number | undefined };
  /** The whole menu, in its order. */
  readonly menu: readonly ItemView[];
  readonly customers: readonly Person[];
  /** Of each customer. */
  readonly tokens: readonly string[];
  readonly managerToken: string;
  readonly chefToken: string;
  /** After so many items; a hundred, or a multiple. */
  cursorAfter(items: number): string;
  /** The body of an answer, which has to be a good one. */
  read(path: string, token?: string): Promise<string>;
}

export async function openOurHouse(kind: Kind = 'SQLite'): Promise<OurHouse> {
  await using stack = new AsyncDisposableStack();
  const premises = stack.use(await openPremises(kind));
  const customers = await premises.hire(Array.from({ length: CUSTOMERS }, () => 'customer'));
  const staff = await premises.hire(['manager', 'chef']);
  const server = stack.use(await startServer(premises));
  const [managerToken = '', chefToken = ''] = await tokensOf(server, staff);
  const tokens = await tokensOf(server, customers);
  const manager = server.client(managerToken);
  for (const file of menuFiles()) await patiently(() => manager.menu.import.mutate(file));
  const { menu, cursors } = await wholeMenu(server);
  await premises.furnish(async (given) => {
    for (let nth = 0; nth < ORDERS; nth += 1) {
      const customerId = customers[nth % CUSTOMERS]?.id ?? null;
      const items = Array.from({ length: LINES }, () => 'queued' as const);
      const itemId = menu[nth]?.id ?? '';
      await given.order({ customerId, items, itemId });
    }
  });
  const all = stack.move();
  return {
    premises,
    server,
    pids: { server: server.pid, database: await pidOfDatabase(premises) },
    menu,
    cursorAfter: (items) => cursors[items / IN_ONE_PAGE - 1] ?? '',
    customers,
    tokens,
    managerToken,
    chefToken,
    read: async (path, token) => {
      const headers = token ? { authorization: `Bearer ${token}` } : {};
      const answer = await fetch(server.url + path, { headers });
      const body = await answer.text();
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${body}`);
      return body;
    },
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

/** One sign-in of each. */
async function tokensOf(server: Server, people: readonly Person[]): Promise<string[]> {
  const tokens: string[] = [];
  for (const { username: identifier } of people) {
    const asked = { identifier, password: PASSWORD };
    const { accessToken } = await patiently(() => server.client().auth.login.mutate(asked));
    tokens.push(accessToken);
  }
  return tokens;
}

/** On a busy machine the server turns some away: what prepares a round comes again. */
async function patiently<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      const { reason } = error as CallError;
      if (reason !== 'OVERLOADED' || tries === PATIENCE) throw error;
      await pause(UNTIL_AGAIN_MS);
    }
  }
}

async function wholeMenu(server: Server) {
  const menu: ItemView[] = [];
  const cursors: string[] = [];
  do {
    const cursor = cursors.at(-1);
    const page = await server
      .client()
      .menu.list.query({ limit: IN_ONE_PAGE, ...(cursor && { cursor }) });
    menu.push(...page.items);
    cursors.push(page.nextCursor ?? '');
  } while (cursors.at(-1));
  if (menu.length !== ITEMS) throw new Error(`The menu has ${menu.length} items.`);
  return { menu, cursors };
}

async function pidOfDatabase({ kind, look }: Premises): Promise<number | undefined> {
  if (kind === 'SQLite') return undefined;
  const [row] = await look((ask) => ask('select @@pid_file as file'));
  return Number(readFileSync(String(row?.['file']), 'utf8'));
}

/** The value that a call answers, dates as text. */
export function valueIn(body: string): unknown {
  return (JSON.parse(body) as { result: { data: { json: unknown } } }).result.data.json;
}
