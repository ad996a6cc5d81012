import { readdirSync, readFileSync } from 'node:fs';

/** What the kernel counts time in, for those who ask it from outside. */
const TICK_MS = 10;
/** Of one core. */
const MUCH = 0.1;
const TRIES = 4;

/** CPU time of a process so far: all its threads, in user and in kernel mode. */
export function cpuMsOf(pid: number): number {
  return processOf(String(pid))?.cpuMs ?? Number.NaN;
}

/** Does a round again when others used the processor meanwhile; the last try counts however it was. */
export async function undisturbed<T>(round: () => Promise<T>, most = TRIES): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    const since = performance.now();
    const before = othersMs();
    const result = await round();
    const share = (othersMs() - before) / (performance.now() - since);
    if (share <= MUCH) return result;
    if (tries >= most) {
      if (most > 1)
        console.warn(`Others used ${Math.round(share * 100)} % of a core during a round.`);
      return result;
    }
  }
}

/** What the processor did so far but for this process and those it has started. */
function othersMs(): number {
  const [, user, nice, system, , , , , steal] = readFileSync('/proc/stat', 'utf8').split(/\s+/);
  const all = [user, nice, system, steal].reduce((sum, ticks) => sum + Number(ticks), 0);
  return all * TICK_MS - ownMs();
}

function ownMs(): number {
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => processOf(pid) ?? []);
  const parents = new Map(processes.map(({ pid, parent }) => [pid, parent]));
  const isOwn = (pid: number | undefined): boolean =>
    pid !== undefined && (pid === process.pid || isOwn(parents.get(pid)));
  return processes.filter(({ pid }) => isOwn(pid)).reduce((sum, { cpuMs }) => sum + cpuMs, 0);
}

/** Nothing of one that has just ended. */
function processOf(pid: string) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [parent, user = 0, system = 0] = [fields[1], fields[11], fields[12]];
    return { pid: Number(pid), parent, cpuMs: (user + system) * TICK_MS };
  } catch {
    return undefined;
  }
}
