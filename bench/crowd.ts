import { setPriority } from 'node:os';
import { call, keptAlive, type Target } from './calling.ts';
import { onOrder } from './crew.ts';

/** Over every connection the next call goes out as soon as the last is answered. */
export interface CrowdOrder extends Target {
  connections: number;
  forMs: number;
  /** Steps back whenever anybody else wants the processor. */
  humble: boolean;
}

export interface CrowdReport {
  /** Answers by status. */
  statuses: Record<number, number>;
  answered: number;
}

const FROM = '127.0.0.1';
const HUMBLE = 19;

onOrder<CrowdOrder, CrowdReport>(async ({ connections, forMs, humble, ...target }) => {
  if (humble) setPriority(HUMBLE);
  const agent = keptAlive(connections);
  const until = performance.now() + forMs;
  const statuses: Record<number, number> = {};
  let answered = 0;
  const caller = async () => {
    while (performance.now() < until) {
      const status = await call({ ...target, agent, from: FROM });
      if (performance.now() > until) return;
      statuses[status] = (statuses[status] ?? 0) + 1;
      answered += 1;
    }
  };
  await Promise.all(Array.from({ length: connections }, caller));
  agent.destroy();
  return { statuses, answered };
});
