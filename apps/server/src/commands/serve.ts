import { SECOND } from '@comanda/kernel/time';
import { buildApp } from '../app.ts';
import { readConfig } from '../config.ts';
import { followKeys } from '../keys.ts';
import { openFor } from '../opening.ts';
import { banner } from './banner.ts';
import { plantDemo } from './demo.ts';

const DRAIN_MS = 10 * SECOND;

export async function serve(): Promise<void> {
  const config = readConfig();
  const { house, close } = await openFor(config, { alone: true });
  const planted = config.production ? undefined : await plantDemo(house);
  let draining = false;
  const app = await buildApp(house, config, { isDraining: () => draining });
  const unfollow = followKeys(config.keys, house.tokens, (why) => app.log.warn(why));
  const url = await app.listen({ host: config.host, port: config.port });
  console.log(banner({ url: config.publicUrl ?? url, planted, production: config.production }));

  const drain = (signal: string) => {
    if (draining) process.exit(1);
    draining = true;
    app.log.info({ signal }, 'draining');
    setTimeout(() => process.exit(1), DRAIN_MS).unref();
    unfollow();
    void app
      .close()
      .then(close)
      .then(() => process.exit(0));
  };
  process.on('SIGTERM', drain).on('SIGINT', drain);
}
