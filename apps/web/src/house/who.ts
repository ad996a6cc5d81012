import type { OwnPermissions, SessionView } from '@comanda/client';
import { refusedWith } from '@comanda/client';
import { useQuery } from '@tanstack/react-query';
import { comanda, isSignedIn } from './comanda.ts';

/** Whoever is signed in, and what they may do. */
export interface Who {
  session: SessionView;
  own: OwnPermissions;
}

const asking = {
  queryKey: ['who'],
  queryFn: async ({ signal }: { signal: AbortSignal }): Promise<Who | null> => {
    if (!(await isSignedIn())) return null;
    try {
      const [session, own] = await Promise.all([
        comanda.auth.session.query(undefined, { signal }),
        comanda.permissions.mine.query(undefined, { signal }),
      ]);
      return { session, own };
    } catch (error) {
      if (refusedWith(error, 'UNAUTHENTICATED') || refusedWith(error, 'TOKEN_INVALID')) return null;
      throw error;
    }
  },
  // A role that was taken away is gone from the screen soon; the service does not wait for that.
  staleTime: 30_000,
  refetchInterval: 60_000,
};

/** Who is signed in: `undefined` while that is not known, `null` for a visitor. */
export function useWho(): Who | null | undefined {
  return useQuery(asking).data;
}

/** Whether whoever is signed in has a capability, such as `menu.write`. */
export function useMay(): (capability: string) => boolean {
  const who = useWho();
  const held = new Set<string>(who?.own.grants.map(({ capability }) => capability));
  return (capability) => held.has(capability);
}

/** Whether they work in a restaurant, in whatever role. */
export function worksHere(who: Who | null | undefined): boolean {
  return !!who && who.session.user.restaurant !== null && who.own.role !== 'customer';
}
