import superjson from 'superjson';
import { hire } from '../crew.ts';
import { cheaper, type Finding, type Pace, type Part, type Target } from '../findings.ts';
import { inputPath, pagePath } from '../menu-pages.ts';
import { type NaiveHouse, openNaiveHouse } from '../naive-house.ts';
import { openOurHouse, type OurHouse, valueIn } from '../our-house.ts';
import { type Race, sideBySide } from '../rounds.ts';
import { asking, called, naiveAt, sameItems } from '../sides.ts';
import { OURS } from '../subject-names.ts';
import type { BareFastifyOrder } from '../subjects/bare-fastify.ts';
import type { BareHttpOrder } from '../subjects/bare-http.ts';
import type { Serving } from '../subjects/serving.ts';
import type { StockTrpcOrder } from '../subjects/stock-trpc.ts';

const FIRST = { limit: 20 };

export const menu: Part = {
  name: 'menu',
  about: 'the first page of the menu: read from the database, and kept',
  run: async (pace) => {
    await using house = await openOurHouse();
    await using naive = await openNaiveHouse(house);
    const sides = { house, naive };
    return [await firstPage(pace, sides), await keptPage(pace, sides)];
  },
};

interface Sides {
  house: OurHouse;
  naive: NaiveHouse;
}

const FASTIFY = 'bare Fastify';
const CONSTANT = 'stock tRPC, constant';

/** From the database, beside those who do less and those who do it plainly. */
async function firstPage(pace: Pace, { house, naive }: Sides): Promise<Finding> {
  await using fastify = hire<BareFastifyOrder, Serving>('./subjects/bare-fastify.ts');
  await using constant = hire<StockTrpcOrder, Serving>('./subjects/stock-trpc.ts');
  const page = valueIn(await house.read(pagePath(FIRST))) as { items: unknown[] };
  const file = house.premises.env['DATABASE_URL']?.replace('sqlite:', '') ?? '';
  const { restaurantId } = house.premises.home;
  const atFastify = (await fastify.tell({ file, restaurantId })).url;
  const atConstant = (await constant.tell({ page: superjson.stringify(page) })).url;
  const [plain, path] = ['/menu?limit=20', inputPath('menu.list', FIRST)];
  const theirs = { ...FIRST, offset: 0 };
  await sameItems(page.items, [
    [atFastify + plain, (body) => JSON.parse(body)],
    [atConstant + path, valueIn],
    [naive.url + pagePath(theirs), valueIn],
    [house.server.url + pagePath(FIRST, 'nobody'), valueIn],
  ]);
  const race = await sideBySide(pace, [
    { ...called(house), turn: 'page', told: { place: FIRST } },
    { subject: FASTIFY, pids: { server: fastify.pid }, url: atFastify, ...asking(plain) },
    { subject: CONSTANT, pids: { server: constant.pid }, url: atConstant, ...asking(path) },
    naiveAt(naive, theirs),
  ]);
  return {
    title: 'The first page of the menu, from the database',
    about: `20 of 1,000 items. Each call to ours is made under a path of its own, so that no answer can have been
kept. “Bare Fastify” is Fastify with one prepared statement on our database file and
JSON.stringify: no input is checked, no output, nobody is counted or let in. “Stock tRPC, constant” answers
the same page by tRPC’s plugin for Fastify and superjson without reading anything.`,
    series: race.series,
    targets: targetsOfPage(race),
  };
}

function targetsOfPage(race: Race): Target[] {
  const of = race.cpu(OURS);
  const what = 'a page from the database';
  return [
    cheaper({
      what: `${what}, against a constant by stock tRPC and superjson`,
      of,
      to: race.cpu(CONSTANT),
      gate: 1.2,
      moonshot: 1.5,
    }),
    cheaper({
      what: `${what}, against bare Fastify with the same SQL`,
      of,
      to: race.cpu(FASTIFY),
      gate: 0.55,
      moonshot: 0.75,
    }),
  ];
}

/** Asked for by nobody in particular, again and again. */
async function keptPage(pace: Pace, { house, naive }: Sides): Promise<Finding> {
  await using bare = hire<BareHttpOrder, Serving>('./subjects/bare-http.ts');
  await using stock = hire<StockTrpcOrder, Serving>('./subjects/stock-trpc.ts');
  const path = pagePath(FIRST);
  const text = await house.read(path);
  const atBare = (await bare.tell({ text })).url;
  const atStock = (await stock.tell({})).url;
  const etag = (await fetch(house.server.url + path)).headers.get('etag') ?? '';
  const race = await sideBySide(pace, [
    { ...called(house), ...asking(path) },
    {
      ...called(house),
      turn: 'ask',
      told: { path, headers: { 'if-none-match': etag } },
      subject: `${OURS}, 304`,
      status: 304,
    },
    { subject: 'bare node:http', pids: { server: bare.pid }, url: atBare, ...asking(path) },
    {
      subject: 'stock tRPC, hello',
      pids: { server: stock.pid },
      url: atStock,
      ...asking('/trpc/hello'),
    },
    naiveAt(naive, { ...FIRST, offset: 0 }),
  ]);
  const of = race.cpu(OURS);
  return {
    title: 'The first page of the menu, asked for again and again',
    about: `The same anonymous GET every time, and the same with the ETag of the answer (304). “Bare node:http”
answers the very bytes from memory, whatever is asked; “stock tRPC, hello” answers one word.`,
    series: race.series,
    targets: [
      cheaper({
        what: 'a kept page, against hello by stock tRPC',
        of,
        to: race.cpu('stock tRPC, hello'),
        gate: 2.5,
        moonshot: 4,
      }),
      cheaper({
        what: 'a kept page, against bare node:http',
        of,
        to: race.cpu('bare node:http'),
        gate: 0.5,
        moonshot: 0.8,
      }),
    ],
  };
}
