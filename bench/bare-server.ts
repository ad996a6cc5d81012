import { anyone } from '@comanda/domains/trpc';
import { openLog } from '@comanda/server/logging';
import { sharedStores } from '@comanda/server/quota-stores';
import { openApp } from '@comanda/testing';
import { onOrder } from './crew.ts';

export interface BareOrder {
  /** Where quotas are counted; left out: in the process itself. */
  redis?: string;
}

export interface BareReport {
  url: string;
}

/** As bare as a query can be: asks nothing, does nothing, says one word. */
const lab = {
  bare: anyone().query(() => 'soup'),
  /** The same, without quotas: as signing in, which has budgets of its own. */
  uncounted: anyone()
    .meta({ signsInOrOut: true })
    .query(() => 'soup'),
};

onOrder<BareOrder, BareReport>(async ({ redis }) => {
  const logLevel = 'warn';
  const stores =
    redis === undefined ? undefined : sharedStores(redis, openLog({ level: logLevel }));
  const app = await openApp({ lab, config: { logLevel }, ...(stores && { stores }) });
  return { url: await app.listen() };
});
