import { KINDS, type Kind } from '../../tests/faults/premises.ts';
import type { Finding, Pace, Part } from '../findings.ts';
import { openGrounds } from '../growth/grounds.ts';
import { CUSTOMERS, plantOrders } from '../growth/orders.ts';
import { roomily } from '../growth/planting.ts';
import { type Case, growth, inTurns } from '../growth/turns.ts';

const SIZES = [1_000, 10_000, 100_000, 1_000_000];
const MOST_IF_QUICK = 10_000;
const LIMIT = 20;
const CUSTOMER = `a customer's page`;
const MANAGER = `a manager's page`;

export const orderGrowth: Part = {
  name: 'order-growth',
  about: 'orders.list as orders grow',
  run: async (pace) => {
    const findings: Finding[] = [];
    for (const kind of KINDS) findings.push(await grown(kind, pace));
    return findings;
  },
};

async function grown(kind: Kind, pace: Pace): Promise<Finding> {
  await using grounds = await openGrounds(kind);
  const cases: Case[] = [];
  for (const at of SIZES.filter((orders) => !pace.quick || orders <= MOST_IF_QUICK)) {
    const opened = await grounds.open(`orders_${at}`);
    const customer = await roomily(opened, kind, () => plantOrders(opened, kind, at));
    const asked = {
      [CUSTOMER]: { caller: await opened.as(customer), every: CUSTOMERS },
      [MANAGER]: { caller: await opened.as(opened.home.staff.manager), every: 1 },
    };
    const pid = await grounds.pidOf(opened);
    for (const [measure, { caller, every }] of Object.entries(asked)) {
      const call = () => caller.orders.list({ limit: LIMIT });
      const numbers = (await call()).items.map(({ number }) => number);
      const right = Array.from({ length: LIMIT }, (_, nth) => at - nth * every);
      if (numbers.join() !== right.join()) throw new Error(`${measure}: ${numbers.join()}`);
      cases.push({ subject: `Comanda on ${kind}`, measure, at, pid, call });
    }
  }
  const { series, leftOut } = await inTurns(cases, pace);
  const allowed = { gate: 2, moonshot: 1.3 };
  return {
    title: `Orders as they grow, on ${kind}`,
    about: `orders.list, the newest ${LIMIT} as cards, without a count, called in process: CPU of this process and of the database. ${CUSTOMERS} customers order in turns; the manager sees all.${leftOut}`,
    along: 'orders',
    series,
    targets: [CUSTOMER, MANAGER].flatMap((measure) =>
      growth(series, { measure, what: `orders.list, ${measure}, on ${kind}`, ...allowed }),
    ),
  };
}
