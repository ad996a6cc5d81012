import { anyone } from '@comanda/domains/trpc';
import { openApp } from '@comanda/testing';
import { onOrder } from './crew.ts';

export interface BareReport {
  url: string;
}

/** As bare as a query can be: asks nothing, does nothing, says one word. */
const lab = {
  bare: anyone().query(() => 'soup'),
};

const app = await openApp({ lab, config: { logLevel: 'warn' } });

onOrder<object, BareReport>(async () => ({ url: await app.listen() }));
