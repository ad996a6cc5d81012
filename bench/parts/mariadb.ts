import type { Finding, Part } from '../findings.ts';
import { inputPath } from '../menu-pages.ts';
import { openOurHouse, type OurHouse } from '../our-house.ts';
import { type Contestant, sideBySide } from '../rounds.ts';
import { bearer } from '../sides.ts';
import { OURS } from '../subject-names.ts';
import { KINDS } from '../../tests/faults/premises.ts';

const LIMIT = 20;

export const mariadb: Part = {
  name: 'mariadb',
  about: 'pages, lists and orders on MariaDB, against the same on SQLite',
  run: async (pace) => {
    if (!KINDS.includes('MariaDB')) {
      console.warn('There is no MariaDB here: nothing is measured on one.');
      return [];
    }
    await using onSqlite = await openOurHouse('SQLite');
    await using onMariadb = await openOurHouse('MariaDB');
    const findings: Finding[] = [];
    for (const { title, about, asks } of CASES) {
      const sides = [
        { subject: `${OURS} on SQLite`, ...asks(onSqlite), ...placeOf(onSqlite) },
        { subject: `${OURS} on MariaDB`, ...asks(onMariadb), ...placeOf(onMariadb) },
      ];
      const { series } = await sideBySide(pace, sides);
      findings.push({ title: `On MariaDB: ${title}`, about, series, targets: [] });
    }
    return findings;
  },
};

const CASES: {
  title: string;
  about: string;
  asks: (house: OurHouse) => Pick<Contestant, 'turn' | 'told' | 'callers'>;
}[] = [
  {
    title: 'the first page of the menu',
    about: 'Read from the database at every call; what MariaDB itself takes stands beside it.',
    asks: () => ({ turn: 'page', told: { place: { limit: LIMIT } } }),
  },
  {
    title: 'a customer’s orders',
    about: '20 of their 25 orders, without lines.',
    asks: ({ tokens }) => ({
      turn: 'ask',
      told: {
        path: inputPath('orders.list', { limit: LIMIT }),
        headers: bearer(tokens[0] ?? ''),
      },
    }),
  },
  {
    title: 'an order, from an empty cart',
    about:
      'Three `cart.add` and one `orders.place`. This MariaDB does not sync its log at each commit.',
    asks: ({ menu, tokens }) => ({
      turn: 'flow',
      callers: 4,
      told: { itemIds: menu.map(({ id }) => id), tokens },
    }),
  },
];

function placeOf({ pids, server: { url } }: OurHouse) {
  return { pids, url };
}
