import { violatedUnique } from '@comanda/storage/failures';
import { inTransaction } from '@comanda/storage/transaction';
import type { ActorContext } from '../context.ts';
import { RoleBudget } from './quotas.entity.ts';
import type { SetQuota } from './quotas.schema.ts';

/** Gives a role other numbers than the preset's, or those back. Felt here at once, elsewhere within five seconds. */
export async function setQuota(ctx: ActorContext, input: SetQuota): Promise<void> {
  try {
    await setOnce(ctx, input);
  } catch (error) {
    // Another call was the first to set this role.
    if (!violatedUnique(error)?.includes('role_budget')) throw error;
    await setOnce(ctx, input);
  }
}

function setOnce(ctx: ActorContext, { role: caller, reads, writes }: SetQuota): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    const { em } = ctx;
    const budget =
      (await em.findOne(RoleBudget, { caller })) ??
      em.create(RoleBudget, { caller, reads: null, writes: null });
    if (reads !== undefined) budget.reads = reads;
    if (writes !== undefined) budget.writes = writes;
    await em.flush();
    ctx.afterCommit(() => ctx.roleBudgets.forget());
  });
}
