import { procedures } from '@comanda/domains/procedures';
import { anyone, router } from '@comanda/domains/trpc';
import { buildApp } from '@comanda/server/app';
import { readConfig } from '@comanda/server/config';
import { openLog } from '@comanda/server/logging';
import { openFor } from '@comanda/server/opening';
import { heapOfProcess, Pressure } from '@comanda/server/pressure';
import { z } from 'zod';

// The real server, and a way to fill its heap: `lab.hoard` up to that share of it. SIGUSR2 lets go of all.

const config = readConfig();
const log = openLog({ level: config.logLevel });
const { house } = await openFor(config, { server: log });
const hoard: number[][] = [];

function hoardUntil(share: number): void {
  while (heapOfProcess() < share) {
    hoard.push(Array.from({ length: 20_000 }, (_, at) => at + 0.5));
  }
}

process.on('SIGUSR2', () => {
  hoard.length = 0;
});
const lab = {
  hoard: anyone()
    .meta({ summary: 'Fills the heap.' })
    .input(z.number())
    .output(z.void())
    .mutation(async ({ input }) => hoardUntil(input)),
};
const pressure = new Pressure();
const app = await buildApp(house, config, {
  log,
  router: router({ ...procedures, lab }),
  pressure,
});
const url = await app.listen({ host: config.host, port: config.port });
pressure.start();
process.stdout.write(`Open at ${url}\n`);
