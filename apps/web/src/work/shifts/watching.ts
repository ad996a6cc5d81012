import { comanda, readAnew } from '../../house/comanda.ts';
import { type Liveness, useLive } from '../../house/live.ts';

/** Reads one's shifts anew whenever somebody changes them. */
export function useShiftsLive(): Liveness {
  const readShifts = () => void readAnew(['shifts']);
  return useLive({
    open: (options) => comanda.shifts.watch.subscribe(undefined, options),
    name: 'own shifts',
    onEvent: readShifts,
    onGap: readShifts,
  }).liveness;
}
