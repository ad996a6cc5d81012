import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { SECOND } from '@comanda/kernel/time';

/** As much of a second as a server may have been at work to count as idle. */
const IDLE = 0.1;

/**
 * A start leaves a third of the process's memory behind: a nursery that grew while programs were read, and
 * that V8 never makes smaller by itself. It grows again as soon as calls need it. To give it back takes some
 * tenths of a second, so nobody is to wait for it: it is done in the first second that has hardly a call.
 */
export function settle(): void {
  const { eventLoopUtilization } = performance;
  let before = eventLoopUtilization();
  const looking = setInterval(() => {
    const now = eventLoopUtilization();
    const { utilization } = eventLoopUtilization(now, before);
    before = now;
    if (utilization > IDLE) return;
    clearInterval(looking);
    giveBack();
  }, SECOND);
  looking.unref();
}

/** Only the collection for the last resort shrinks the nursery; Node hands it out by a flag only. */
function giveBack(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as (how: object) => void;
  collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}
