import type { House } from '@comanda/domains/context';
import { connectionsOf, countsOf, logSizeOf } from '@comanda/storage/measuring';
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import type { CallMetrics } from './call-metrics.ts';
import { droppedLines } from './logging.ts';
import { heapLimit, type Pressure } from './pressure.ts';
import { type Readiness, REASONS } from './readiness.ts';

export interface Measured {
  calls: CallMetrics;
  pressure: Pressure;
  readiness: Readiness;
}

let own: Registry | undefined;

/** Memory, processor, event loop. It listens to Node for good, and so from the first time on that anybody asks. */
export function ofProcess(): Registry {
  if (!own) {
    own = new Registry();
    collectDefaultMetrics({ register: own });
  }
  return own;
}

/** What the house and its server say of themselves when they are asked. */
export function measureServer(registers: Registry[], house: House, measured: Measured): void {
  measurePressure(registers, measured);
  measureDatabase(registers, house);
  measureLog(registers);
  const { streams, passwords } = house;
  new Gauge({
    name: 'comanda_streams_open',
    help: 'Streams that are open in this process.',
    registers,
    collect() {
      this.set(streams.open);
    },
  });
  new Gauge({
    name: 'comanda_password_hashes',
    help: 'Passwords being hashed, and those that wait for their turn.',
    labelNames: ['state'],
    registers,
    collect() {
      this.set({ state: 'running' }, passwords.gate.running);
      this.set({ state: 'waiting' }, passwords.gate.waiting);
    },
  });
}

function measurePressure(registers: Registry[], { pressure, readiness }: Measured): void {
  new Gauge({
    name: 'comanda_unready',
    help: '1 for every reason for which /ready answers 503 right now.',
    labelNames: ['reason'],
    registers,
    async collect() {
      const reasons = await readiness.reasons();
      for (const reason of REASONS) this.set({ reason }, reasons.includes(reason) ? 1 : 0);
    },
  });
  new Gauge({
    name: 'comanda_event_loop_lag_seconds',
    help: 'The longest that anything had to wait for its turn in the last three seconds.',
    registers,
    collect() {
      this.set(pressure.lagMs / 1000);
    },
  });
  new Gauge({
    name: 'comanda_heap_limit_bytes',
    help: 'How large the heap may become; at nine tenths of it calls are turned away.',
    registers,
    collect() {
      this.set(heapLimit());
    },
  });
}

/** Of the log, whose reader may be gone. */
function measureLog(registers: Registry[]): void {
  new Counter({
    name: 'comanda_log_lines_dropped_total',
    help: 'Lines of the log that found no room, because nobody has read the ones before.',
    registers,
    collect() {
      this.reset();
      this.inc(droppedLines());
    },
  });
}

function measureDatabase(registers: Registry[], { database }: House): void {
  new Counter({
    name: 'comanda_transaction_retries_total',
    help: 'Transactions that were done again from the start, after a lost race or on a busy file.',
    registers,
    collect() {
      this.reset();
      this.inc(countsOf(database.orm.em).retries);
    },
  });
  if (database.dialect !== 'sqlite') {
    new Gauge({
      name: 'comanda_database_connections',
      help: 'Connections to the database server, and calls that wait for one.',
      labelNames: ['state'],
      registers,
      async collect() {
        const connections = Object.entries((await connectionsOf(database)) ?? {});
        for (const [state, count] of connections) this.set({ state }, count);
      },
    });
    return;
  }
  new Gauge({
    name: 'comanda_sqlite_wal_bytes',
    help: 'What SQLite has written to its log and not to its file yet.',
    registers,
    collect() {
      this.set(logSizeOf(database) ?? 0);
    },
  });
}
