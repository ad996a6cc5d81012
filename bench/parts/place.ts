import type { ItemView } from '@comanda/domains/menu/menu.schema';
import { newId } from '@comanda/kernel/id';
import type { Person } from '@comanda/testing/given';
import { KINDS, type Kind } from '../../tests/faults/premises.ts';
import { cheaper, type Finding, type Pace, type Part, type Series, seriesOf } from '../findings.ts';
import { type Grounds, openGrounds } from '../growth/grounds.ts';
import type { Caller, Opened } from '../growth/house.ts';
import { plantMenu } from '../growth/menu.ts';
import { cpuUsOf } from '../growth/threads.ts';
import { undisturbed } from '../processor.ts';
import { NAIVE, OURS } from '../subject-names.ts';
import { NaiveShop } from '../subjects/naive-shop.ts';

const ITEMS = 1_000;
const LINES = 3;
const IN_ONE_PAGE = 100;
const PROCESSOR = 'processor';
const WALL = 'time';

export const place: Part = {
  name: 'place',
  about: 'orders.place by itself, against a unit of work',
  run: async (pace) => {
    const findings: Finding[] = [];
    for (const kind of KINDS) findings.push(await placedOn(kind, pace));
    return findings;
  },
};

/** Fills a cart, and makes an order of it: only the order is measured. */
interface Side {
  subject: string;
  pid: number | undefined;
  fill(): Promise<() => Promise<unknown>>;
}

async function placedOn(kind: Kind, pace: Pace): Promise<Finding> {
  await using grounds = await openGrounds(kind);
  const opened = await grounds.open('ours');
  await plantMenu(opened, kind, ITEMS);
  const customer = await opened.given.person({});
  const menu = await menuOf(await opened.as(null));
  const pid = await grounds.pidOf(opened);
  await using naive = await naiveOn(grounds, { menu, customer });
  const sides: Side[] = [
    { subject: OURS, pid, fill: await ours(opened, { menu, customer }) },
    { subject: NAIVE, pid, fill: naive.fill },
  ];
  const series = await inTurns(sides, pace);
  const find = (subject: string, measure: string) => {
    const one = series.find((each) => each.subject === subject && each.measure === measure);
    if (!one) throw new Error(`Nothing is known of the ${measure} of ${subject}.`);
    return one;
  };
  const target = (measure: string, limits: { gate: number; moonshot: number }) => {
    const [of, to] = [find(OURS, measure), find(NAIVE, measure)];
    const what = `${measure} of orders.place on ${kind}, against a unit of work`;
    return cheaper({ what, of, to, ...limits });
  };
  return {
    title: `Placing an order, on ${kind}`,
    about: `An order of ${LINES} lines, one after the other, without HTTP; the cart was filled before. Ours is the whole
procedure: who calls, quotas, audit, outbox, stock, the answer under its key; the other nothing but MikroORM's unit of work.
${DURABILITY[kind]}`,
    series,
    targets: {
      SQLite: () => [target(PROCESSOR, { gate: 4, moonshot: 6 })],
      MariaDB: () => [
        target(PROCESSOR, { gate: 5, moonshot: 8 }),
        target(WALL, { gate: 2.5, moonshot: 4 }),
      ],
    }[kind](),
  };
}

const DURABILITY: Record<Kind, string> = {
  SQLite: 'Both sync each commit.',
  MariaDB: 'This MariaDB does not sync its log at each commit.',
};

interface Shop {
  menu: readonly ItemView[];
  customer: Person;
}

async function ours(opened: Opened, { menu, customer }: Shop): Promise<Side['fill']> {
  const caller = await opened.as(customer);
  const next = inOrder(menu);
  return async () => {
    let cartVersion = 0;
    for (let line = 0; line < LINES; line += 1) {
      cartVersion = (await caller.cart.add({ itemId: next(), quantity: 2 })).version;
    }
    const asked = { idempotencyKey: newId(), cartVersion, type: 'pickup' } as const;
    return () => caller.orders.place(asked);
  };
}

async function naiveOn(grounds: Grounds, { menu, customer }: Shop) {
  const stock = { menu, people: [customer], password: '', orders: 0 };
  const shop = await NaiveShop.open({ ...stock, address: await grounds.address('naive') }, '');
  const next = inOrder(menu);
  return {
    fill: async () => {
      for (let line = 0; line < LINES; line += 1) {
        await shop.add(customer.id, { itemId: next(), quantity: 2 });
      }
      return () => shop.place(customer.id);
    },
    [Symbol.asyncDispose]: () => shop.close(),
  };
}

/** Far enough from each other that no cart has one twice. */
function inOrder(menu: readonly ItemView[]): () => string {
  let at = 0;
  return () => menu[(at += 31) % menu.length]?.id ?? '';
}

async function menuOf(anybody: Caller): Promise<ItemView[]> {
  const menu: ItemView[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<Caller['menu']['list']>> = await anybody.menu.list({
      limit: IN_ONE_PAGE,
      ...(cursor !== null && { cursor }),
    });
    menu.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return menu;
}

interface Round {
  us: number;
  databaseUs: number;
  wallUs: number;
}

async function inTurns(sides: readonly Side[], pace: Pace): Promise<Series[]> {
  const lanes = sides.map((side) => ({ side, rounds: [] as Round[] }));
  for (const { side } of lanes) await placed(side, pace.warmMs);
  for (let nth = 0; nth < pace.rounds; nth += 1) {
    for (const { side, rounds } of lanes) {
      rounds.push(await undisturbed(() => placed(side, pace.roundMs), pace.tries));
    }
  }
  return lanes.flatMap(({ side: { subject, pid }, rounds }) => {
    const one = (measure: string, part: keyof Round) =>
      seriesOf(
        { subject, measure, unit: 'us' },
        rounds.map((round) => round[part]),
      );
    const ofDatabase = pid === undefined ? [] : [one('processor of the database', 'databaseUs')];
    return [one(PROCESSOR, 'us'), ...ofDatabase, one(WALL, 'wallUs')];
  });
}

async function placed({ pid, fill }: Side, forMs: number): Promise<Round> {
  const spent = { us: 0, databaseUs: 0, wallUs: 0 };
  const until = performance.now() + forMs;
  let orders = 0;
  for (; performance.now() < until; orders += 1) {
    const order = await fill();
    const database = pid === undefined ? 0 : cpuUsOf(pid);
    const before = process.cpuUsage();
    const since = performance.now();
    await order();
    spent.wallUs += (performance.now() - since) * 1_000;
    const { user, system } = process.cpuUsage(before);
    spent.us += user + system;
    spent.databaseUs += pid === undefined ? 0 : cpuUsOf(pid) - database;
  }
  const { us, databaseUs, wallUs } = spent;
  return { us: us / orders, databaseUs: databaseUs / orders, wallUs: wallUs / orders };
}
