import { useLocation } from 'wouter';
import { useHistoryState } from 'wouter/use-browser-location';

/** What a sheet leaves in the history when it opens over a page: going back closes it. */
export const OVER = { over: true } as const;

/** Closes a sheet that has an address: back to the page beneath, or to `beneath` where somebody came in by the address. */
export function useClosing(beneath: string): () => void {
  const [, go] = useLocation();
  const state = useHistoryState<{ over?: boolean } | null>();
  return () => {
    if (state?.over) window.history.back();
    else go(beneath, { replace: true });
  };
}

/** Puts another sheet in the place of this one; back still leads to the page beneath. */
export function useReplacing(): (to: string) => void {
  const [, go] = useLocation();
  const state = useHistoryState<{ over?: boolean } | null>();
  return (to) => go(to, { replace: true, state });
}
