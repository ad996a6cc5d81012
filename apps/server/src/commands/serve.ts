import { flushCompileCache } from 'node:module';
import type { House } from '@comanda/domains/context';
import { SECOND } from '@comanda/kernel/time';
import { buildApp } from '../app.ts';
import { loadConfig } from '../config.ts';
import { followKeys } from '../keys.ts';
import { openLog } from '../logging.ts';
import { openFor } from '../opening.ts';
import { Pressure } from '../pressure.ts';
import { openTracing } from '../tracing.ts';
import { watchForStrays } from '../stray.ts';
import { builtWeb } from '../web-pages.ts';
import { banner } from './banner.ts';
import { settle } from './settling.ts';

const DRAIN_MS = 10 * SECOND;
/** One Ctrl-C can come twice, from the terminal and from npm: only a later one means now. */
const SAME_PRESS_MS = 500;

export async function serve(): Promise<void> {
  const config = await loadConfig();
  const log = openLog({ level: config.logLevel });
  watchForStrays(log, process);
  const { house, close } = await openFor(config, { server: log });
  let drainingSince: number | undefined;
  const isDraining = () => drainingSince !== undefined;
  const pressure = new Pressure();
  const tracing = await openTracing(config.tracing, { house, log });
  const web = builtWeb();
  const app = await buildApp(house, config, { log, isDraining, pressure, tracing, web });
  const url = await app.listen({ host: config.host, port: config.port });
  // After listening: a start that fails on its port would keep the passwords to itself for good.
  const planted = config.production ? undefined : await demoIn(house);
  house.usage.start(log);
  const keys = followKeys(config.keys, house.tokens, log);
  pressure.start();

  const force = (why: string) => {
    log.warn({ why }, 'stopping without an answer to some');
    process.exit(1);
  };
  const drain = (signal: string) => {
    if (drainingSince !== undefined) {
      if (performance.now() - drainingSince > SAME_PRESS_MS) force('told twice to stop');
      return;
    }
    drainingSince = performance.now();
    log.info({ signal }, 'draining');
    setTimeout(() => force('calls were still under way'), DRAIN_MS).unref();
    keys.stop();
    void app
      .close()
      .then(() => house.usage.stop())
      .then(() => tracing?.close())
      .then(close)
      .then(() => process.exit(0));
  };
  process.on('SIGTERM', drain).on('SIGINT', drain);
  process.on('SIGHUP', keys.reread ?? drain);
  const { production, publicUrl = url } = config;
  console.log(banner({ url: publicUrl, planted, production, hasWeb: web !== undefined }));
  flushCompileCache(); // a server that is killed would leave nothing for its next start
  settle();
}

async function demoIn(house: House) {
  const { plantDemo } = await import('./demo.ts');
  return plantDemo(house);
}
