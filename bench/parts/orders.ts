import { cheaper, type Finding, type Pace, type Part } from '../findings.ts';
import { inputPath } from '../menu-pages.ts';
import { type NaiveHouse, openNaiveHouse } from '../naive-house.ts';
import { openOurHouse, type OurHouse, valueIn } from '../our-house.ts';
import { sideBySide } from '../rounds.ts';
import { bearer } from '../sides.ts';
import { NAIVE, OURS } from '../subject-names.ts';

const LIMIT = 20;

interface Case {
  title: string;
  about: string;
  ours: { path: string; token: string };
  naive: { path: string; token: string };
  withLines?: true;
}

export const orders: Part = {
  name: 'orders',
  about: 'lists of orders: a customer’s, a manager’s, and those that the kitchen has to cook',
  run: async (pace) => {
    await using house = await openOurHouse();
    await using naive = await openNaiveHouse(house);
    const findings: Finding[] = [];
    for (const one of casesOf(house, naive))
      findings.push(await measured(pace, { house, naive, one }));
    return findings;
  },
};

function casesOf(house: OurHouse, naive: NaiveHouse): Case[] {
  const cards = inputPath('orders.list', { limit: LIMIT });
  const plain = inputPath('orders.list', { limit: LIMIT, lines: false });
  const [token = ''] = house.tokens;
  const [naiveToken = ''] = naive.tokens;
  const { managerToken, chefToken } = house;
  return [
    {
      title: 'A customer’s orders',
      about: '20 of their 25 orders, without lines on both sides.',
      ours: { path: cards, token },
      naive: { path: plain, token: naiveToken },
    },
    {
      title: 'A manager’s orders',
      about: '20 of 200 orders, without lines on both sides.',
      ours: { path: cards, token: managerToken },
      naive: { path: plain, token: naive.managerToken },
    },
    {
      title: 'Orders with their lines',
      about: `20 orders of three lines. Ours tells lines of many orders only to the kitchen: it is \`kitchen.queue\`,
the oldest that have to be cooked, beside the naive stack’s newest.`,
      ours: { path: inputPath('kitchen.queue', { limit: LIMIT }), token: chefToken },
      naive: { path: inputPath('orders.list', { limit: LIMIT }), token: naive.managerToken },
      withLines: true,
    },
  ];
}

async function measured(
  pace: Pace,
  { house, naive, one }: { house: OurHouse; naive: NaiveHouse; one: Case },
): Promise<Finding> {
  const sides = [
    { subject: OURS, pids: house.pids, url: house.server.url, asked: one.ours },
    { subject: NAIVE, pids: { server: naive.pid }, url: naive.url, asked: one.naive },
  ];
  for (const { url, asked } of sides) {
    const answer = await fetch(url + asked.path, { headers: bearer(asked.token) });
    const { items } = valueIn(await answer.text()) as { items: unknown[] };
    if (items.length !== LIMIT) throw new Error(`${asked.path}: ${items.length} orders`);
  }
  const race = await sideBySide(
    pace,
    sides.map(({ asked, ...side }) => ({
      ...side,
      turn: 'ask',
      told: { path: asked.path, headers: bearer(asked.token) },
    })),
  );
  const [of, to] = [race.cpu(OURS), race.cpu(NAIVE)];
  const what = one.title.toLowerCase();
  return {
    title: one.title,
    about: `${one.about} The naive stack checks its token by jose on every call and counts all that fit.`,
    series: race.series,
    targets: [cheaper({ what: `${what}, against the naive stack`, of, to, gate: 8, moonshot: 15 })],
  };
}
