import { readdirSync, readFileSync } from 'node:fs';

/** CPU time of a process so far, by the scheduler's own account, which is finer than the ticks of `/proc/…/stat`. */
export function cpuUsOf(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`);
  const ran = threads.map((thread) => ranNs(`/proc/${pid}/task/${thread}/schedstat`));
  return ran.reduce((sum, ns) => sum + ns, 0) / 1_000;
}

/** Nothing of a thread that has just ended. */
function ranNs(path: string): number {
  try {
    return Number.parseInt(readFileSync(path, 'utf8'), 10);
  } catch {
    return 0;
  }
}
