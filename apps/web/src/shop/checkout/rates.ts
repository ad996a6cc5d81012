import type { CartView } from '@comanda/client';
import { useQueries } from '@tanstack/react-query';
import { calls } from '../../house/comanda.ts';
import { here } from '../../house/restaurant.ts';

/**
 * The lines of a cart with their tax, which the menu tells. Where prices contain it nobody is asked.
 * Nothing as long as an answer is on its way; what cannot be read counts as untaxed, since the
 * service reckons for itself.
 */
export function useTaxedLines({ lines }: Pick<CartView, 'lines'>, isNeeded: boolean) {
  const ids = isNeeded ? [...new Set(lines.map(({ itemId }) => itemId))] : [];
  const items = useQueries({
    queries: ids.map((itemId) => ({
      ...calls.menu.show.queryOptions({ ...here(), itemId }),
      staleTime: 300_000,
    })),
  });
  if (items.some(({ isPending }) => isPending)) return undefined;
  const rates = new Map(items.map(({ data }, at) => [ids[at], data?.taxBps ?? 0]));
  return lines.map(({ total, itemId }) => ({ total, taxBps: rates.get(itemId) ?? 0 }));
}
