import { createHash } from 'node:crypto';
import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { after } from '@comanda/kernel/time';
import type { Budget } from '@comanda/quotas/login-policies';
import type { Context } from '../context.ts';

/** Tries that were taken; those that count failures only can be given back. */
export interface Spent {
  refund(): Promise<void>;
}

/** Whom a budget is counted for. */
export type Payer = Partial<Record<Budget['per'], string>>;

/**
 * Takes one try from each budget, in order, and refuses at the first that is used up. Answers how to give
 * back what counts failures only.
 */
export async function spend(
  ctx: Pick<Context, 'loginQuotas' | 'clock'>,
  budgets: readonly Budget[],
  payer: Payer,
): Promise<Spent> {
  const spent: { key: string; budget: Budget }[] = [];
  for (const budget of budgets) {
    const whose = payer[budget.per];
    if (whose === undefined) continue;
    const key = createHash('sha256').update(whose).digest('base64url');
    const answer = await ctx.loginQuotas.consume(key, budget.policy);
    if (!answer.allowed) {
      const { limit, retryAfterMs } = answer;
      const resetAt = after(ctx.clock.now(), retryAfterMs);
      throw kernelErrors.QUOTA_EXCEEDED({
        scope: budget.policy.name,
        limit,
        resetAt,
        retryAfterMs,
      });
    }
    if (budget.counts === 'failures') spent.push({ key, budget });
  }
  return {
    refund: async () => {
      for (const { key, budget } of spent) await ctx.loginQuotas.refund(key, budget.policy);
    },
  };
}
