import { mkdirSync, rmSync } from 'node:fs';
import type { Actor } from '@comanda/domains/auth/auth.actor';
import { type Account, Membership } from '@comanda/domains/auth/auth.entity';
import {
  createAccount,
  type PreparedAccount,
  preparedAccount,
} from '@comanda/domains/auth/auth.actions';
import type { House } from '@comanda/domains/context';
import { Restaurant } from '@comanda/domains/restaurants/restaurants.entity';
import { type Role, ROLES } from '@comanda/kernel/access';
import { levelOf, ROLE_TITLES } from '@comanda/kernel/roles';
import { fileOf } from '@comanda/storage/connect';
import { lockDatabase } from '@comanda/storage/lock';
import { inTransaction } from '@comanda/storage/transaction';
import { loadConfig } from '../config.ts';
import { contextOfCommand } from '../opening.ts';
import { plantDay } from './demo-day.ts';
import { plantPictures, removePictures } from './demo-pictures.ts';
import { plantRecipes } from './demo-recipes.ts';
import { plantParties, plantWeeks } from './demo-week.ts';
import { plantMenu } from './demo-menu.ts';
import { newPassword } from './passwords.ts';
import { Refusal } from './start-failures.ts';

export interface Planted {
  restaurant: string;
  people: { role: Role; username: string; password: string }[];
}

/** At any hour, so that whoever tries it at night is served as well. */
const ALL_DAY = [{ from: '00:00', to: '24:00' }];

const LITTLE_LEMON = {
  name: 'Little Lemon',
  slug: 'little-lemon',
  address: 'Via dei Limoni 1, Genova',
  phone: '+390100000000',
  timeZone: 'Europe/Rome',
  currency: 'EUR',
  hours: {
    weekly: {
      1: ALL_DAY,
      2: ALL_DAY,
      3: ALL_DAY,
      4: ALL_DAY,
      5: ALL_DAY,
      6: ALL_DAY,
      7: ALL_DAY,
    },
    exceptions: { '2026-12-25': [{ from: '18:00', to: '24:00' }] },
    lastOrderMinutes: 0,
  },
};

/** A restaurant with one person of every role, planted into an empty database and never again. */
export async function plantDemo(house: House): Promise<Planted | undefined> {
  const ctx = contextOfCommand(house, 'demo');
  if ((await ctx.em.count(Restaurant, {}, { filters: { notDeleted: false } })) > 0)
    return undefined;
  const people = ROLES.map((role) => ({ role, username: role, password: newPassword() }));
  const prepared: ({ role: Role } & PreparedAccount)[] = [];
  for (const { role, username, password } of people) {
    const [firstName = '', lastName = ''] = ROLE_TITLES[role].split(' ');
    prepared.push({
      role,
      ...(await preparedAccount(ctx, { username, password, firstName, lastName })),
    });
  }
  const opened = await inTransaction(ctx, async (ctx) => {
    const staff: Partial<Record<Role, Actor>> = {};
    const { id: restaurantId } = ctx.em.create(Restaurant, LITTLE_LEMON);
    await ctx.em.flush();
    for (const { role, ...person } of prepared) {
      const account = await createAccount({ ...ctx, restaurantId }, person);
      staff[role] = actorOf(account, { role, restaurantId });
      if (role === 'customer') continue;
      const hiredAt = ctx.clock.now();
      ctx.em.create(Membership, { account, restaurantId, role, level: null, hiredAt });
    }
    await ctx.em.flush();
    await plantMenu({ ...ctx, restaurantId });
    return { restaurantId, staff: staff as Record<Role, Actor> };
  });
  await plantPictures(ctx, opened);
  await plantWeeks(ctx, opened);
  await plantRecipes(ctx, opened);
  await plantDay(ctx, opened);
  await plantParties(ctx, opened);
  return { restaurant: LITTLE_LEMON.name, people };
}

/** Somebody of the demo, as they would be known once they had signed in. */
function actorOf(
  { id, firstName, lastName }: Account,
  { role, restaurantId }: { role: Role; restaurantId: string },
): Actor {
  const membership = role === 'customer' ? null : { id, restaurantId };
  const via = { kind: 'session', id, expiresAt: new Date(8.64e15) } as const;
  return {
    id,
    name: `${firstName} ${lastName}`.trim(),
    role,
    level: levelOf(role, null),
    membership,
    via,
  };
}

export async function resetDemo(): Promise<void> {
  const { production, databaseUrl, dataDir, filesDir } = await loadConfig();
  if (production) throw new Refusal('This is a production server: nothing is thrown away.');
  const file = fileOf(databaseUrl);
  if (file === undefined) {
    throw new Refusal('DATABASE_URL names a database server: empty that database yourself.');
  }
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const lock = lockDatabase(file);
  await removePictures(file, filesDir);
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
  lock.release();
  console.log('The demo data is gone. `npm start` plants it anew, with new passwords.');
}
