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

/** What counting needs of a context. */
export type Charging = Pick<Context, 'network' | 'quotaStore' | 'roleBudgets' | 'usage'>;

interface Call {
  actor: Actor | null;
  type: 'query' | 'mutation' | 'subscription';
  price: Price | undefined;
}

const RETRY_AFTER_MS = 1 * SECOND;

/**
 * Charges a call to its caller's budget, before anything is done for it. Refuses when that is used up. A
 * promise only where others are asked: every call comes by here.
 */
export function charge(ctx: Context, call: Call): void | Promise<void> {
  const policies = ctx.roleBudgets.current();
  if (policies instanceof Promise) return policies.then((known) => chargeBy(known, ctx, call));
  return chargeBy(policies, ctx, call);
}

/** By person, else by network; the policy's name tells the role. */
function chargeBy(policies: RolePolicies, ctx: Context, call: Call): void | Promise<void> {
  const { actor, type, price } = call;
  const budget = price?.budget;
  const key = budget?.per === 'address' ? ctx.network : (actor?.id ?? ctx.network);
  const { read, write } = policies[callerOf(actor)];
  const policy = budget?.policy ?? (type === 'mutation' ? write : read);
  let answer: Answer | Promise<Answer>;
  try {
    answer = ctx.quotaStore.consume(key, policy, unitsOf(price, policy));
  } catch (error) {
    return goOnUncounted(error, ctx, call);
  }
  if (!(answer instanceof Promise)) return counted(ctx, call, { policy, answer });
  return answer.then(
    (answer) => counted(ctx, call, { policy, answer }),
    (error: unknown) => goOnUncounted(error, ctx, call),
  );
}

function counted(
  ctx: Context,
  { actor, type }: Call,
  { policy, answer }: { policy: Policy; answer: Answer },
): void {
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

/**
 * Charges so many reads at once to a network. Says no, and counts nothing, where all of them cannot be paid:
 * the calls themselves are charged then, one by one, and told why. A promise only where others count along.
 */
type VisitorsMeter = (network: string, units: number) => boolean | Promise<boolean>;

/** How whoever calls without a name is charged right now. */
export async function visitorsMeter({
  quotaStore,
  roleBudgets,
  usage,
}: Omit<Charging, 'network'>): Promise<VisitorsMeter> {
  const { read } = (await roleBudgets.current()).anonymous;
  return (network, units) => {
    if (read.windows.some(({ limit }) => limit < units)) return false;
    const counted = ({ allowed }: Answer) => {
      if (allowed) usage.count(VISITOR, 'reads', units);
      return allowed;
    };
    const answer = quotaStore.consume(network, read, units);
    return answer instanceof Promise ? answer.then(counted) : counted(answer);
  };
}

const VISITOR = { role: 'anonymous', accountId: null, restaurantId: null } as const;

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

/** An admin may have set less than what one dear call costs: that takes all there is. */
function unitsOf(price: Price | undefined, { windows }: Policy): number {
  const units = price?.units ?? 1;
  if (units === 1) return 1;
  return Math.min(units, ...windows.map(({ limit }) => limit));
}

/** A fault of the meter itself stops no reading, and lets nothing be changed uncounted. */
function goOnUncounted(error: unknown, { log, requestId }: Context, { type }: Call): void {
  if (error instanceof QuotaUnavailable) throw error;
  log.error({ err: error, requestId }, 'a call could not be counted');
  if (type === 'mutation') throw kernelErrors.OVERLOADED({ retryAfterMs: RETRY_AFTER_MS });
}
