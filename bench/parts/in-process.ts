import { initTRPC } from '@trpc/server';
import type { Finding, Part } from '../findings.ts';
import { openGrounds } from '../growth/grounds.ts';
import { plantMenu } from '../growth/menu.ts';
import { plantOrders } from '../growth/orders.ts';
import { type Case, inTurns } from '../growth/turns.ts';
import { OURS } from '../subject-names.ts';

const ITEMS = 1_000;
const ORDERS = 1_000;

export const inProcess: Part = {
  name: 'in-process',
  about: 'calls without HTTP: what the procedures take by themselves',
  run: async (pace): Promise<Finding[]> => {
    await using grounds = await openGrounds('SQLite');
    const opened = await grounds.open('shop');
    await plantMenu(opened, 'SQLite', ITEMS);
    const customer = await plantOrders(opened, 'SQLite', ORDERS);
    const manager = await opened.as(opened.home.staff.manager);
    const [anybody, guest] = [await opened.as(null), await opened.as(customer)];
    const own = (measure: string, call: Case['call']): Case => ({ subject: OURS, measure, call });
    const stock = { subject: 'stock tRPC', measure: 'hello, which reads nothing' };
    const cases = [
      { ...stock, call: () => hello.hello() },
      own('permissions.mine, which reads nothing', () => manager.permissions.mine()),
      own('menu.list, 20 items', () => anybody.menu.list({ limit: 20 })),
      own('orders.list of a customer, 20 cards', () => guest.orders.list({ limit: 20 })),
      own('orders.list of a manager, 20 cards', () => manager.orders.list({ limit: 20 })),
    ];
    const { series } = await inTurns(cases, pace);
    const about = `The router is called in this process, by a caller of tRPC's own: who calls, quotas, what they may, the
database, checked answers, but no HTTP and no JSON. ${ITEMS} items and as many orders, on SQLite. There is no limit.`;
    return [{ title: 'Calls without HTTP', about, series, targets: [] }];
  },
};

const t = initTRPC.create();
const hello = t.router({ hello: t.procedure.query(() => 'hello') }).createCaller({});
