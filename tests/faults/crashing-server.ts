import { flushCompileCache } from 'node:module';
import { Worker } from 'node:worker_threads';
import { buildApp } from '@comanda/server/app';
import { readConfig } from '@comanda/server/config';
import { openLog } from '@comanda/server/logging';
import { openFor } from '@comanda/server/opening';
import { fileOf } from '@comanda/storage/connect';

// The real server but for its end: node crashing-server.ts <point> <times>. Told no point, it goes on for ever.

const [point, times] = process.argv.slice(2);
const config = readConfig();
const log = openLog({ level: config.logLevel });
const { house } = await openFor(config, { server: log });
let left = Number(times);

function failpoint(at: string): void {
  if (at !== point) return;
  left -= 1;
  if (left === 0) process.kill(process.pid, 'SIGKILL');
}

house.database.orm.em.getEventManager().registerSubscriber({
  afterFlush: () => failpoint('transaction.flushed'),
  beforeTransactionCommit: () => failpoint('transaction.commit'),
  afterTransactionCommit: () => failpoint('transaction.committed'),
});
const app = await buildApp({ ...house, failpoint }, config, { log });
const url = await app.listen({ host: config.host, port: config.port });
house.usage.start(log);
if (point === 'checkpoint') {
  const file = fileOf(config.databaseUrl);
  new Worker(new URL('checkpoint-watcher.ts', import.meta.url), { workerData: file });
}
flushCompileCache(); // whoever is killed keeps nothing, and starting is most of these tests
const { user, system } = process.cpuUsage();
process.stdout.write(`Open at ${url} after ${Math.round((user + system) / 1_000)} ms of work\n`);
