import { type Caller, ROLES } from '@comanda/kernel/access';
import { after, HOUR } from '@comanda/kernel/time';
import type { Preset } from '@comanda/quotas/login-policies';
import type { ByKind, RolePolicies } from '@comanda/quotas/role-policies';
import { scopes } from '@comanda/quotas/scopes';
import type { Answer, Policy } from '@comanda/quotas/store';
import { acrossRestaurants, withoutRestaurant } from '@comanda/storage/tenancy';
import { provenanceOf } from '@comanda/storage/provenance';
import type { ActorContext, Context, StaffContext } from '../context.ts';
import { standingOf } from '../auth/auth.budget.ts';
import { standings } from './quotas.charge.ts';
import type {
  AskUsage,
  OwnQuotas,
  QuotaPolicies,
  QuotaPolicy,
  QuotasSet,
  QuotaStanding,
  RoleQuotas,
  UsageReport,
} from './quotas.schema.ts';
import { usageByPerson, usageByRole, usageOfPerson } from './quotas.usage.reads.ts';

export async function quotaPolicies({ preset, roleBudgets }: Context): Promise<QuotaPolicies> {
  return policiesOf(preset, await roleBudgets.current());
}

export async function quotasOf({ roleBudgets }: Context, role: Caller): Promise<QuotasSet> {
  return { role, ...roleQuotas((await roleBudgets.current())[role]) };
}

/** The true numbers at this moment; looking costs nothing beyond the call itself. */
export async function ownQuotas(ctx: ActorContext): Promise<OwnQuotas> {
  const { actor, clock, preset } = ctx;
  const { read, write } = await standings(ctx, actor);
  const own = scopes[preset].filter(({ per, enforced }) => per === 'account' && enforced);
  const others = await Promise.all(
    own.map(async (budget) => ({
      policy: budget.policy,
      answer: await (budget.till === 'calls'
        ? ctx.quotaStore.consume(actor.id, budget.policy, 0)
        : standingOf(ctx, budget, { account: actor.id })),
    })),
  );
  const em = acrossRestaurants(ctx.em);
  const since = dayBefore(clock.now());
  const written = await usageOfPerson({ em }, { accountId: actor.id, since });
  return {
    role: actor.role,
    read: standing(read, clock.now()),
    write: standing(write, clock.now()),
    scopes: others.map((other) => standing(other, clock.now())),
    degraded: ctx.announcement.degraded || read.answer.degraded === true,
    lastDay: ctx.usage.withPending(actor.id, written),
  };
}

export async function usageReport(ctx: StaffContext, { limit }: AskUsage): Promise<UsageReport> {
  // What cannot be written now is told next time.
  await ctx.usage.flush().catch(() => undefined);
  const since = dayBefore(ctx.clock.now());
  return {
    since,
    roles: await usageByRole(ctx, { since }),
    people: await usageByPerson(ctx, { since, limit }),
    visitors:
      ctx.actor.role === 'admin'
        ? await usageByRole({ em: withoutRestaurant(ctx.em, provenanceOf(ctx.em)) }, { since })
        : null,
  };
}

/** Hours are counted whole. */
function dayBefore(now: Date): Date {
  const hour = Math.floor(now.getTime() / HOUR) * HOUR;
  return after(new Date(hour), -24 * HOUR);
}

function policiesOf(preset: Preset, policies: RolePolicies): QuotaPolicies {
  return {
    preset,
    anonymous: roleQuotas(policies.anonymous),
    roles: ROLES.map((role) => ({ role, ...roleQuotas(policies[role]) })),
    scopes: scopes[preset].map(({ policy, per, counts, enforced }) => ({
      ...budget(policy),
      per,
      failuresOnly: counts === 'failures',
      enforced,
    })),
  };
}

function roleQuotas({ read, write }: ByKind): RoleQuotas {
  return { read: budget(read), write: budget(write) };
}

function budget({ name, windows }: Policy): QuotaPolicy {
  return {
    name,
    windows: windows.map(({ name, limit, ms }) => ({ name, limit, windowMs: ms })),
  };
}

function standing(of: { policy: Policy; answer: Answer }, now: Date): QuotaStanding {
  const { name, windows } = of.policy;
  return {
    name,
    windows: of.answer.rows.map(({ window, limit, remaining, resetMs }, at) => ({
      name: window,
      limit,
      windowMs: windows[at]?.ms ?? 0,
      remaining,
      resetAt: remaining < limit ? after(now, resetMs) : null,
    })),
  };
}
