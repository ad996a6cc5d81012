import { type RestaurantDetail, refusedWith } from '@comanda/client';
import { comanda } from '../../house/comanda.ts';
import { useDoing } from '../../house/doing.ts';
import { useWorkplace } from '../../house/workplace.ts';
import { placeNow } from './place.ts';

type Punch = 'in' | 'out' | 'break' | 'paid break' | 'back';

/** One press at the clock. A call that the client repeats never turns anything back. */
export function usePunching() {
  const { untilKnown } = useWorkplace();
  const { run, busy, error, input, reset } = useDoing({
    call: async (punch: Punch): Promise<unknown> => {
      switch (punch) {
        case 'in': {
          const place = await placeFor(untilKnown());
          return comanda.shifts.clockIn.mutate(place ? { place } : {});
        }
        case 'out': {
          const place = await placeFor(untilKnown());
          return comanda.shifts.clockOut.mutate(place ? { place } : {});
        }
        case 'break':
          return comanda.shifts.startBreak.mutate({});
        case 'paid break':
          return comanda.shifts.startBreak.mutate({ paid: true });
        case 'back':
          return comanda.shifts.endBreak.mutate({});
      }
    },
    // What may be done with orders depends on being at work.
    touches: ['shifts', 'orders'],
    // The page shows how it is; nothing is wrong then but what it showed before.
    onRefused: (wrong) => !isOldNews(wrong),
  });
  return { run, busy, input, reset, refused: isOldNews(error) ? null : error };
}

/** Only a restaurant that wants to know is told where somebody is; the service tells whether it misses that. */
async function placeFor(workplace: Promise<RestaurantDetail | undefined>) {
  const known = await workplace.catch(() => undefined);
  return known?.clock.site ? placeNow() : undefined;
}

function isOldNews(error: unknown): boolean {
  return refusedWith(error, 'NOT_CLOCKED_IN') || refusedWith(error, 'BREAK_STATE');
}
