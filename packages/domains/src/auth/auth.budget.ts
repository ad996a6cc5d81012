import { createHash } from 'node:crypto';
import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { after } from '@comanda/kernel/time';
import type { Budget } from '@comanda/quotas/login-policies';
import type { Answer } from '@comanda/quotas/store';
import type { Context } from '../context.ts';

type Till = Pick<Context, 'loginQuotas' | 'clock' | 'announcement'>;

/** Tries that were taken; those that count failures only can be given back. */
export interface Spent {
  refund(): Promise<void>;
}

/** Whom a budget is counted for. */
export type Payer = Partial<Record<Budget['per'], string>>;

/**
 * Takes one try from each budget, in order. At the first that is used up it refuses, and gives back what
 * the others took. Answers how to give back what counts failures only.
 */
export async function spend(till: Till, budgets: readonly Budget[], payer: Payer): Promise<Spent> {
  const taken: Budget[] = [];
  const giveBack = async (some: Budget[]) => {
    for (const budget of some) {
      await till.loginQuotas.refund(keyOf(budget, payer), budget.policy);
      till.announcement.noteBack(budget.policy);
    }
  };
  for (const budget of budgets.filter(({ per }) => payer[per] !== undefined)) {
    const refused = await charge(till, { budget, payer, cost: 1 });
    if (refused) {
      await giveBack(taken);
      throw refused;
    }
    taken.push(budget);
  }
  return { refund: () => giveBack(taken.filter(({ counts }) => counts === 'failures')) };
}

/** Refuses when a budget is used up, and takes nothing from it. */
export async function mustAfford(till: Till, budget: Budget, payer: Payer): Promise<void> {
  const refused = await charge(till, { budget, payer, cost: 0 });
  if (refused) throw refused;
}

/** Where a budget stands; takes nothing. */
export async function standingOf(
  { loginQuotas }: Pick<Till, 'loginQuotas'>,
  budget: Budget,
  payer: Payer,
): Promise<Answer> {
  return loginQuotas.consume(keyOf(budget, payer), budget.policy, 0);
}

const TOLD = new Set<Budget['per']>(['address', 'family']);

async function charge(till: Till, of: { budget: Budget; payer: Payer; cost: 0 | 1 }) {
  const { policy } = of.budget;
  const answer = await till.loginQuotas.consume(keyOf(of.budget, of.payer), policy, of.cost);
  // One that is counted by the account would tell a stranger whose names are one, and who else tries.
  if (TOLD.has(of.budget.per)) till.announcement.note(policy, answer);
  if (answer.allowed && answer.remaining + of.cost > 0) return undefined;
  const { limit, resetMs } = answer;
  const retryAfterMs = answer.allowed ? resetMs : answer.retryAfterMs;
  const resetAt = after(till.clock.now(), retryAfterMs);
  return kernelErrors.QUOTA_EXCEEDED({ scope: policy.name, limit, resetAt, retryAfterMs });
}

function keyOf({ per }: Budget, payer: Payer): string {
  return createHash('sha256')
    .update(payer[per] ?? '')
    .digest('base64url');
}
