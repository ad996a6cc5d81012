import { setTimeout as pause } from 'node:timers/promises';
import type { Actor } from '@comanda/domains/auth/auth.actor';
import type { Context } from '@comanda/domains/context';
import { RoleBudgets } from '@comanda/domains/quotas/quotas.budgets';
import { charge } from '@comanda/domains/quotas/quotas.charge';
import { Usage } from '@comanda/domains/quotas/quotas.usage';
import { newId } from '@comanda/kernel/id';
import { systemClock } from '@comanda/kernel/time';
import { Announcement } from '@comanda/quotas/announcement';
import { GcraStore } from '@comanda/quotas/gcra-store';
import type { QuotaStore } from '@comanda/quotas/store';
import { openLog } from '@comanda/server/logging';
import { sharedStores } from '@comanda/server/quota-stores';
import { openApp } from '@comanda/testing';
import { onOrder } from './crew.ts';

export interface MeterOrder {
  calls: number;
  /** Where they are counted; left out: in the process itself. The first order settles it. */
  redis?: string;
}

export interface MeterReport {
  cpuUs: number;
}

type Counted = Omit<Context, 'announcement'> & { announcement: Announcement };

const PEOPLE = 1_000;
const UNTIL_LINKED_MS = 1_000;

type Caller = { actor: Actor; ctx: Counted };
let callers: Caller[] | undefined;

async function callersOf(redis: string | undefined): Promise<Caller[]> {
  const { house } = await openApp();
  const { database } = house;
  const clock = systemClock;
  const own = {
    clock,
    quotaStore: redis === undefined ? new GcraStore() : await storeAt(redis),
    roleBudgets: new RoleBudgets(house.roleBudgets.preset, { database, clock }),
    usage: new Usage({ database, clock }),
  };
  return Array.from({ length: PEOPLE }, () => {
    const via = { kind: 'session', id: newId() };
    const actor = { id: newId(), role: 'manager', via, membership: { restaurantId: 'one' } };
    const ctx = { ...house, ...own, network: '127.0.0.1', announcement: new Announcement() };
    return { actor: actor as unknown as Actor, ctx: ctx as unknown as Counted };
  });
}

/** As a server has it, once it is there. */
async function storeAt(redis: string): Promise<QuotaStore> {
  const { calls } = sharedStores(redis, openLog({ level: 'warn' }));
  await pause(UNTIL_LINKED_MS);
  return calls;
}

/** Nothing but what a call does for the sake of quotas. */
onOrder<MeterOrder, MeterReport>(async ({ calls, redis }) => {
  callers ??= await callersOf(redis);
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
