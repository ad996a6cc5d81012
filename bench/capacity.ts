import { readFileSync } from 'node:fs';
import { type Client, createClient } from '@comanda/client';
import { newId } from '@comanda/kernel/id';
import { type Given, PASSWORD, type Person } from '@comanda/testing/given';
import { KINDS, type Kind, openPremises, type Premises } from '../tests/faults/premises.ts';
import { startServer } from '../tests/faults/server.ts';
import { guestOf } from '../tests/faults/shoppers.ts';
import { cpuMsOf } from './processor.ts';

// `npm exec -c 'node bench/capacity.ts'`: what one call of each kind costs a server in processor time, from
// which docs/scaling.md reckons. It holds no limits; the load runs in this process and is not counted.
const ITEMS = 200;
const AT_ONCE = 16;
/** Each by somebody else and from another address, for guessing is slowed down by both. */
const LOGINS = 40;
const LOGIN = 'auth.login';

interface Row {
  database: Kind;
  call: string;
  calls: number;
  serverUs: number;
  databaseUs: number;
}

const rows: Row[] = [];
for (const kind of KINDS) rows.push(...(await measure(kind)));
console.table(
  rows.map(({ serverUs, ...row }) => ({
    ...row,
    serverUs,
    perSecondAndCore: Math.round(1e6 / serverUs),
  })),
);

async function measure(kind: Kind): Promise<Row[]> {
  await using premises = await openPremises(kind);
  const customers = await premises.hire(Array.from({ length: LOGINS }, () => 'customer'));
  await using server = await startServer(premises);
  const calls = await callsAt(premises, server.url, customers);
  const pids = { server: server.pid, database: await pidOfDatabase(premises) };
  const found: Row[] = [];
  for (const { call, times, ask } of calls) {
    const atOnce = call === LOGIN ? 1 : AT_ONCE; // hashing has a queue of its own
    if (atOnce > 1) await inTurns(ask, { times: times / 5, atOnce }); // warm
    const before = cpuOf(pids);
    await inTurns(ask, { times, atOnce });
    const after = cpuOf(pids);
    const each = (ms: number) => Math.round((ms * 1_000) / times);
    const serverUs = each(after.server - before.server);
    const databaseUs = each(after.database - before.database);
    found.push({ database: kind, call, calls: times, serverUs, databaseUs });
  }
  return found;
}

interface Call {
  call: string;
  times: number;
  ask: (nth: number) => Promise<unknown>;
}

async function callsAt(premises: Premises, url: string, customers: Person[]): Promise<Call[]> {
  const itemIds = await premises.furnish(plantMenu);
  const visitor = crowd(() => createClient({ url }));
  const guest = crowd(await guestsAt(url));
  const [manager, chef] = await premises.hire(['manager', 'chef']);
  const [bossToken, cookToken] = [
    await tokenOf(url, manager?.username),
    await tokenOf(url, chef?.username),
  ];
  const boss = crowd(() => createClient({ url, token: () => bossToken }));
  const cook = crowd(() => createClient({ url, token: () => cookToken }));
  const item = (nth: number) => itemIds[nth % itemIds.length] ?? '';
  const call = (name: string, times: number, ask: Call['ask']): Call => ({
    call: name,
    times,
    ask,
  });
  return [
    call('menu.list, a page of 50', 1_000, (nth) => visitor(nth).menu.list.query({ limit: 50 })),
    call('menu.show', 1_000, (nth) => visitor(nth).menu.show.query({ itemId: item(nth) })),
    call('cart.add', 400, (nth) => addedBy(guest(nth), item(nth))),
    call('cart.add, cart.show, orders.place', 400, (nth) => ordered(guest(nth), item(nth))),
    call('orders.list, a page of 20', 400, (nth) => boss(nth).orders.list.query({ limit: 20 })),
    call('kitchen.queue', 100, (nth) => cook(nth).kitchen.queue.query()),
    call('permissions.mine', 1_000, (nth) => boss(nth).permissions.mine.query()),
    call(LOGIN, LOGINS, (nth) => tokenOf(url, customers[nth]?.username, nth)),
  ];
}

async function plantMenu(given: Given): Promise<string[]> {
  const categories: string[] = [];
  for (let nth = 0; nth < 8; nth += 1) categories.push(await given.category());
  const ids: string[] = [];
  for (let nth = 0; nth < ITEMS; nth += 1) {
    const categoryId = categories[nth % categories.length] ?? '';
    ids.push(await given.item({ categoryId, name: `Dish ${nth}` }));
  }
  return ids;
}

/** A client for each of those who call at once: one alone would put their calls into batches. */
function crowd(make: (nth: number) => Client): (nth: number) => Client {
  const clients = Array.from({ length: AT_ONCE }, (_, nth) => make(nth));
  return (nth) => {
    const client = clients[nth % AT_ONCE];
    if (!client) throw new Error('There is nobody to call.');
    return client;
  };
}

async function guestsAt(url: string): Promise<(nth: number) => Client> {
  const guests: Client[] = [];
  for (let nth = 0; nth < AT_ONCE; nth += 1) {
    const { headers } = await guestOf({ fetch: (address, init) => fetch(at(url, address), init) });
    guests.push(createClient({ url, headers }));
  }
  return (nth) => guests[nth] ?? createClient({ url });
}

function at(url: string, address: Parameters<typeof fetch>[0]): URL {
  const { pathname, search } = new URL(address instanceof Request ? address.url : address);
  return new URL(pathname + search, url);
}

async function tokenOf(url: string, identifier = '', from = 0): Promise<string> {
  const headers = { 'x-forwarded-for': `203.0.113.${from}` };
  const asked = { identifier, password: PASSWORD };
  const { accessToken } = await createClient({ url, headers }).auth.login.mutate(asked);
  return accessToken;
}

async function addedBy(client: Client, itemId: string): Promise<void> {
  await client.cart.add.mutate({ itemId, quantity: 1 }).catch(() => client.cart.clear.mutate());
}

async function ordered(client: Client, itemId: string): Promise<void> {
  await addedBy(client, itemId);
  const { version } = await client.cart.show.query();
  const input = { idempotencyKey: newId(), cartVersion: version, type: 'pickup' } as const;
  await client.orders.place.mutate(input);
}

/** So many in all, so many at a time; each worker has its own numbers, so that no two share a guest. */
async function inTurns(
  ask: (nth: number) => Promise<unknown>,
  { times, atOnce }: { times: number; atOnce: number },
): Promise<void> {
  const worker = async (first: number) => {
    for (let nth = first; nth < times; nth += atOnce) await ask(nth);
  };
  await Promise.all(Array.from({ length: atOnce }, (_, first) => worker(first)));
}

function cpuOf({ server, database }: { server: number; database: number | undefined }) {
  return {
    server: cpuMsOf(server),
    database: database === undefined ? 0 : cpuMsOf(database),
  };
}

/** A server of its own, where there is one. */
async function pidOfDatabase({ kind, look }: Premises): Promise<number | undefined> {
  if (kind === 'SQLite') return undefined;
  const [row] = await look((ask) => ask('select @@pid_file as file'));
  return Number(readFileSync(String(row?.['file']), 'utf8'));
}
