import { type Caller, CALLERS, cellOf, type Capability } from '@comanda/kernel/access';
import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { after, SECOND } from '@comanda/kernel/time';
import type { Budget } from '@comanda/quotas/login-policies';
import type { RolePolicies } from '@comanda/quotas/role-policies';
import {
  type Answer,
  assertAffordable,
  type Policy,
  QuotaUnavailable,
} from '@comanda/quotas/store';
import type { Actor } from '../auth/auth.actor.ts';
import type { Context } from '../context.ts';

/** What a call costs where that is not one of the caller's own reads or writes. */
export interface Price {
  /** How many. @defaultValue 1 */
  units?: number;
  /** A budget that is charged in place of the caller's own. */
  budget?: Budget & { readonly per: 'account' | 'address' };
}

interface Call {
  actor: Actor | null;
  type: 'query' | 'mutation' | 'subscription';
  price: Price | undefined;
}

const RETRY_AFTER_MS = 1 * SECOND;

/** Charges a call to its caller's budget, before anything is done for it. Refuses when that is used up. */
export async function charge(ctx: Context, call: Call): Promise<void> {
  const { actor, type } = call;
  const { key, policy } = await payment(ctx, call);
  const answer = await answered(ctx, { type, ask: () => consume(ctx, { key, policy, call }) });
  if (!answer) return;
  ctx.announcement.note(policy, answer);
  const who = {
    role: callerOf(actor),
    accountId: actor?.via.kind === 'guest' ? null : (actor?.id ?? null),
    restaurantId: actor?.membership?.restaurantId ?? null,
  };
  const kind = type === 'mutation' ? 'writes' : 'reads';
  ctx.usage.count(who, answer.allowed ? kind : 'refused');
  if (answer.allowed) return;
  const { limit, retryAfterMs } = answer;
  const resetAt = after(ctx.clock.now(), retryAfterMs);
  throw kernelErrors.QUOTA_EXCEEDED({ scope: policy.name, limit, resetAt, retryAfterMs });
}

/** Where this caller's reads and writes stand; takes nothing. */
export async function standings(
  ctx: Context,
  actor: Actor,
): Promise<Record<'read' | 'write', { policy: Policy; answer: Answer }>> {
  const { read, write } = (await ctx.roleBudgets.current())[actor.role];
  const standing = async (policy: Policy) => ({
    policy,
    answer: await ctx.quotaStore.consume(actor.id, policy, 0),
  });
  return { read: await standing(read), write: await standing(write) };
}

/** @throws for a price that no wait could ever pay: a mistake in a procedure, found at the start. */
export function assertPrices(
  procedures: Record<string, { _def: { type: string; meta?: { access?: string; price?: Price } } }>,
  policies: RolePolicies,
): void {
  for (const { _def } of Object.values(procedures)) {
    const { type, meta } = _def;
    const { units = 1, budget } = meta?.price ?? {};
    const kind = type === 'mutation' ? 'write' : 'read';
    for (const caller of CALLERS.filter((caller) => mayCall(caller, meta?.access))) {
      assertAffordable(budget?.policy ?? policies[caller][kind], units);
    }
  }
}

function mayCall(caller: Caller, access: string | undefined): boolean {
  if (access === 'anyone') return true;
  if (access === 'signedIn') return caller !== 'anonymous';
  return access !== undefined && cellOf(caller, access as Capability).allowed;
}

function callerOf(actor: Actor | null): Caller {
  return actor?.role ?? 'anonymous';
}

/** By person, else by network; the policy's name tells the role. */
async function payment(ctx: Context, { actor, type, price }: Call) {
  const key = price?.budget?.per === 'address' ? ctx.network : (actor?.id ?? ctx.network);
  if (price?.budget) return { key, policy: price.budget.policy };
  const budgets = (await ctx.roleBudgets.current())[callerOf(actor)];
  return { key, policy: type === 'mutation' ? budgets.write : budgets.read };
}

/** An admin may have set less than what one dear call costs: that takes all there is. */
function consume(
  { quotaStore }: Context,
  { key, policy, call }: { key: string; policy: Policy; call: Call },
) {
  const limits = policy.windows.map(({ limit }) => limit);
  return quotaStore.consume(key, policy, Math.min(call.price?.units ?? 1, ...limits));
}

/** A fault of the meter itself stops no reading, and lets nothing be changed uncounted. */
async function answered(
  ctx: Context,
  { type, ask }: { type: Call['type']; ask: () => Answer | Promise<Answer> },
): Promise<Answer | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof QuotaUnavailable) throw error;
    ctx.log.error({ err: error, requestId: ctx.requestId }, 'a call could not be counted');
    if (type === 'mutation') throw kernelErrors.OVERLOADED({ retryAfterMs: RETRY_AFTER_MS });
    return undefined;
  }
}
