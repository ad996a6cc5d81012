import { HashGate } from './packages/quotas/src/hash-gate.ts';
import { setTimeout as delay, setImmediate as turn } from 'node:timers/promises';
const gate = new HashGate({ permits: 1, queue: 20, waitMs: 1000 });
const busyMs = Number(process.argv[2]);
let ok = 0,
  full = 0,
  over = false;
const caller = async () => {
  while (!over) {
    try {
      await gate.run(() => delay(40));
      ok++;
    } catch {
      full++;
      await turn();
    }
  }
};
const load = (async () => {
  while (!over) {
    const t = performance.now() + busyMs;
    while (performance.now() < t);
    await turn();
  }
})();
const all = Array.from({ length: 200 }, caller);
await delay(8000);
over = true;
await Promise.all(all);
await load;
console.log({ busyMs, ok, full });
