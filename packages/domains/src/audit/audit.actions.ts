import { acrossRestaurants } from '@comanda/storage/tenancy';
import { accessErrors } from '../access.errors.ts';
import type { StaffContext } from '../context.ts';
import { listAudit } from './audit.reads.ts';
import type { AuditPage, ListAudit } from './audit.schema.ts';

/** What was done in this restaurant; for an admin, if they say so, in all of them and in none. */
export async function showAudit(ctx: StaffContext, input: ListAudit): Promise<AuditPage> {
  if (!input.everywhere) return listAudit(ctx, input);
  if (ctx.actor.role !== 'admin') throw accessErrors.FORBIDDEN({ capability: 'console' });
  return listAudit({ ...ctx, em: acrossRestaurants(ctx.em) }, input);
}
