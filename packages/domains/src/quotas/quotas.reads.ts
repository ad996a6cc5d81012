import { type Reader, reading } from '@comanda/storage/reading';
import type { RoleBudget } from './quotas.entity.ts';

/** The rates that an admin has set for a role; null where those of the preset hold. */
export interface RatesSet {
  role: string;
  reads: string[] | null;
  writes: string[] | null;
}

export function ratesSet({ em }: Reader): Promise<RatesSet[]> {
  return reading<typeof RoleBudget>(em)
    .selectFrom('RoleBudget')
    .select(['caller as role', 'reads', 'writes'])
    .execute();
}
