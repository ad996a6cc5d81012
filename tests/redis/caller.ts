import { once } from 'node:events';
import { stdout } from 'node:process';
import { policy } from '@comanda/quotas/rates';
import { RedisLink } from '@comanda/quotas/redis-link';
import { RedisStore } from '@comanda/quotas/redis-store';

const [url = '', calls = '0', inFlight = '1'] = process.argv.slice(2);
const tried = policy('tried', '1000/day', '2000/day');
const link = new RedisLink(url, { timeoutMs: 60_000 });
await once(link.client, 'ready');
const store = new RedisStore(link);

stdout.write('ready\n');
await link.client.blpop('go', 60);

let left = Number(calls);
let admitted = 0;
await Promise.all(
  Array.from({ length: Number(inFlight) }, async () => {
    while (left > 0) {
      left -= 1;
      if ((await store.consume('a', tried)).allowed) admitted += 1;
    }
  }),
);
stdout.write(`admitted ${admitted}\n`);
link.close();
