import type { ListMenu } from '@comanda/domains/menu/menu.schema';
import { page } from '@comanda/kernel/page';
import { KINDS, type Kind } from '../../tests/faults/premises.ts';
import type { Finding, Pace, Part } from '../findings.ts';
import { type Grounds, openGrounds } from '../growth/grounds.ts';
import type { Caller, Opened } from '../growth/house.ts';
import { checkWords, COMMON, plantMenu, RARE, RARE_ITEMS } from '../growth/menu.ts';
import { roomily } from '../growth/planting.ts';
import { type Case, growth, inTurns } from '../growth/turns.ts';

const SIZES = [100, 1_000, 10_000, 100_000];
const QUICK_SIZES = SIZES.slice(0, 3);
const LIMIT = 20;
const DEEP = 0.9;

/** What is asked, and what it may grow by from the smallest menu to the largest. */
const ASKED = {
  'first page': { gate: 1.5, moonshot: 1.2 },
  'page at 90 %': { gate: 1.5, moonshot: 1.2 },
  'search for a common word': { gate: 5, moonshot: 3 },
  'search for a rare word': { gate: 5, moonshot: 3 },
};
type Asked = keyof typeof ASKED;

export const menuGrowth: Part = {
  name: 'menu-growth',
  about: 'menu.list as the menu grows',
  run: async (pace) => {
    const findings: Finding[] = [];
    for (const kind of KINDS) findings.push(await grown(kind, pace));
    return findings;
  },
};

async function grown(kind: Kind, pace: Pace): Promise<Finding> {
  await using grounds = await openGrounds(kind);
  const sizes = pace.quick ? QUICK_SIZES : SIZES;
  const planted = new Map<number, Planted>();
  for (const items of sizes) planted.set(items, await plant(grounds, items));
  const measures = Object.keys(ASKED) as Asked[];
  const cases = measures.flatMap((measure) =>
    [...planted].map(([items, { caller, inputs, pid }]): Case => {
      const call = () => caller.menu.list(inputs[measure]);
      return { subject: `Comanda on ${kind}`, measure, at: items, pid, call };
    }),
  );
  const { series, leftOut } = await inTurns(cases, pace);
  const fits = `a quarter of the items have the common word, ${RARE_ITEMS} the rare one`;
  return {
    title: `The menu as it grows, on ${kind}`,
    about: `menu.list, a page of ${LIMIT} in the menu's order, called in process by nobody in particular: CPU of this process and of the database. The page at 90 % is asked by a cursor, and full: of 100 items it is the last ${LIMIT}; ${fits}.${leftOut}`,
    along: 'items',
    series,
    targets: measures.flatMap((measure) =>
      growth(series, { measure, what: `menu.list, ${measure}, on ${kind}`, ...ASKED[measure] }),
    ),
  };
}

interface Planted {
  caller: Caller;
  inputs: Record<Asked, Partial<ListMenu>>;
  pid: number | undefined;
}

async function plant(grounds: Grounds, items: number): Promise<Planted> {
  const { kind } = grounds;
  const opened = await grounds.open(`menu_${items}`);
  await roomily(opened, kind, () => plantMenu(opened, kind, items));
  await checkWords(opened);
  const caller = await opened.as(null);
  const deep = await deepIn(opened, items);
  const inputs = {
    'first page': { limit: LIMIT },
    'page at 90 %': { limit: LIMIT, cursor: deep.cursor },
    'search for a common word': { limit: LIMIT, search: COMMON },
    'search for a rare word': { limit: LIMIT, search: RARE },
  };
  const found = await caller.menu.list(inputs['page at 90 %']);
  if (found.items[0]?.id !== deep.next) throw new Error('The cursor leads elsewhere.');
  if (found.items.length !== LIMIT) throw new Error('The page is not as long as the others.');
  return { caller, inputs, pid: await grounds.pidOf(opened) };
}

/**
 * As the page before would have told it: to get there by pages takes too long where there are many. Of few
 * items it is the last page that is full.
 */
async function deepIn({ ask }: Opened, items: number): Promise<{ cursor: string; next: string }> {
  const before = Math.min(Math.floor(items * DEEP), items - LIMIT);
  const rows = await ask(
    `select c.position, c.id as category, i.sort_name, i.id
     from menu_item i join category c on c.id = i.category_id
     order by c.position, c.id, i.sort_name, i.id limit 2 offset ${before - 1}`,
  );
  const { nextCursor } = page(rows, {
    limit: 1,
    at: ({ position, category, sort_name, id }) =>
      ['menu', position, category, sort_name, id].map(String),
  });
  return { cursor: nextCursor ?? '', next: String(rows[1]?.['id']) };
}
