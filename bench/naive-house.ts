import { PASSWORD } from '@comanda/testing/given';
import { dataFolder } from '../tests/faults/server.ts';
import { hire } from './crew.ts';
import { ORDERS, type OurHouse } from './our-house.ts';
import type { NaiveOrder, NaiveReport } from './subjects/naive.ts';

/** The naive stack with the same menu, people and orders, each in its own database file. */
export interface NaiveHouse extends NaiveReport, AsyncDisposable {
  pid: number;
  managerToken: string;
}

export async function openNaiveHouse({ menu, customers, premises }: OurHouse): Promise<NaiveHouse> {
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(dataFolder());
  const shop = stack.use(hire<NaiveOrder, NaiveReport>('./subjects/naive.ts'));
  const people = [...customers, premises.home.staff.manager];
  const address = `sqlite:${folder.path}/naive.sqlite`;
  const report = await shop.tell({ address, menu, people, password: PASSWORD, orders: ORDERS });
  const all = stack.move();
  return {
    ...report,
    pid: shop.pid,
    managerToken: report.tokens.at(-1) ?? '',
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}
