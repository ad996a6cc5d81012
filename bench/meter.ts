import type { Actor } from '@comanda/domains/auth/auth.actor';
import type { Context } from '@comanda/domains/context';
import { RoleBudgets } from '@comanda/domains/quotas/quotas.budgets';
import { charge } from '@comanda/domains/quotas/quotas.charge';
import { Usage } from '@comanda/domains/quotas/quotas.usage';
import { newId } from '@comanda/kernel/id';
import { systemClock } from '@comanda/kernel/time';
import { Announcement } from '@comanda/quotas/announcement';
import { GcraStore } from '@comanda/quotas/gcra-store';
import { openApp } from '@comanda/testing';
import { onOrder } from './crew.ts';

export interface MeterOrder {
  calls: number;
}

export interface MeterReport {
  cpuUs: number;
}

type Counted = Omit<Context, 'announcement'> & { announcement: Announcement };

const PEOPLE = 1_000;

const { house } = await openApp();
const { database } = house;
const clock = systemClock;
const own = {
  clock,
  quotaStore: new GcraStore(),
  roleBudgets: new RoleBudgets(house.roleBudgets.preset, { database, clock }),
  usage: new Usage({ database, clock }),
};
const callers = Array.from({ length: PEOPLE }, () => {
  const actor = { id: newId(), role: 'manager', membership: { restaurantId: 'one' } };
  const ctx = { ...house, ...own, network: '127.0.0.1', announcement: new Announcement() };
  return { actor: actor as unknown as Actor, ctx: ctx as unknown as Counted };
});

/** Nothing but what a call does for the sake of quotas. */
onOrder<MeterOrder, MeterReport>(async ({ calls }) => {
  const before = process.cpuUsage();
  for (let n = 0; n < calls; n += PEOPLE) {
    for (const { actor, ctx } of callers) {
      const announcement = new Announcement();
      ctx.announcement = announcement;
      await charge(ctx, { actor, type: 'query', price: undefined });
      announcement.headers();
    }
  }
  const { user, system } = process.cpuUsage(before);
  return { cpuUs: (user + system) / calls };
});
