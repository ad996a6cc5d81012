import { procedures } from '@comanda/domains/procedures';
import { anyone, router } from '@comanda/domains/trpc';
import { buildApp } from '@comanda/server/app';
import { readConfig } from '@comanda/server/config';
import { openLog } from '@comanda/server/logging';
import { openFor } from '@comanda/server/opening';
import { watchForStrays } from '@comanda/server/stray';
import { z } from 'zod';

// The real server with two bugs in it.

const config = readConfig();
const log = openLog({ level: config.logLevel });
watchForStrays(log, process);
const { house } = await openFor(config, { server: log });
const bug = (work: () => void) =>
  anyone()
    .meta({ summary: 'A bug.' })
    .output(z.void())
    .mutation(async () => work());
const lab = {
  forget: bug(() => void Promise.reject(new Error('secret of a promise'))),
  explode: bug(() => void setImmediate(() => raise())),
};
const app = await buildApp(house, config, { log, router: router({ ...procedures, lab }) });
const url = await app.listen({ host: config.host, port: config.port });
process.stdout.write(`Open at ${url}\n`);

function raise(): never {
  throw new Error('past everybody');
}
