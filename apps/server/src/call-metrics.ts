import type { Watch, WatchedCall } from '@comanda/domains/context';
import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { Counter, Histogram, Registry } from 'prom-client';

/** In seconds: a read, a write, what feels slow, and the deadline. */
const BUCKETS = [0.005, 0.02, 0.1, 0.5, 1, 2.5, 10];

/** How long calls take and how they end, by procedure; by role only how they end, or there were too many series. */
export class CallMetrics implements Watch {
  readonly registry = new Registry();
  readonly #seconds = new Histogram({
    name: 'comanda_call_seconds',
    help: 'How long calls took, by procedure, kind and outcome (ok, the code of a refusal, or fault); of streams how long they took to open.',
    labelNames: ['procedure', 'kind', 'outcome'],
    buckets: BUCKETS,
    registers: [this.registry],
  });
  readonly #ends = new Counter({
    name: 'comanda_procedure_calls_total',
    help: 'Calls by procedure, role and outcome: ok, refused, unavailable or fault.',
    labelNames: ['procedure', 'role', 'outcome'],
    registers: [this.registry],
  });
  readonly #told: (outcome: string) => void;

  /** `told` hears how every call ended. */
  constructor(told: (outcome: string) => void) {
    this.#told = told;
  }

  async around<Answer>(call: WatchedCall, work: () => Promise<Answer>): Promise<Answer> {
    const begun = performance.now();
    try {
      return await work();
    } finally {
      const { procedure, kind, role, outcome } = call;
      this.#seconds.observe({ procedure, kind, outcome }, (performance.now() - begun) / 1000);
      this.#ends.inc({ procedure, role, outcome: classOf(outcome) });
      this.#told(outcome);
    }
  }
}

/** What the house could not do just then; every other refusal is the caller's affair. */
const UNAVAILABLE = new Set(
  Object.values(kernelErrors).flatMap(({ code, kind }) =>
    kind === 'SERVICE_UNAVAILABLE' ? [code as string] : [],
  ),
);

function classOf(outcome: string): string {
  if (outcome === 'ok' || outcome === 'fault') return outcome;
  return UNAVAILABLE.has(outcome) ? 'unavailable' : 'refused';
}
