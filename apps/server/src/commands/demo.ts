import { mkdirSync, rmSync } from 'node:fs';
import { Membership } from '@comanda/domains/auth/auth.entity';
import {
  createAccount,
  type PreparedAccount,
  preparedAccount,
} from '@comanda/domains/auth/auth.actions';
import type { House } from '@comanda/domains/context';
import { Restaurant } from '@comanda/domains/restaurants/restaurants.entity';
import { type Role, ROLES } from '@comanda/kernel/access';
import { ROLE_TITLES } from '@comanda/kernel/roles';
import { fileOf } from '@comanda/storage/connect';
import { lockDatabase } from '@comanda/storage/lock';
import { inTransaction } from '@comanda/storage/transaction';
import { readConfig } from '../config.ts';
import { contextOfCommand } from '../opening.ts';
import { plantMenu } from './demo-menu.ts';
import { newPassword } from './passwords.ts';
import { Refusal } from './start-failures.ts';

export interface Planted {
  restaurant: string;
  people: { role: Role; username: string; password: string }[];
}

const LUNCH = { from: '12:00', to: '15:00' };
const DINNER = { from: '19:00', to: '23:00' };
const LATE = { from: '19:00', to: '01:00' };

const LITTLE_LEMON = {
  name: 'Little Lemon',
  slug: 'little-lemon',
  address: 'Via dei Limoni 1, Genova',
  phone: '+390100000000',
  timeZone: 'Europe/Rome',
  currency: 'EUR',
  hours: {
    weekly: {
      2: [LUNCH, DINNER],
      3: [LUNCH, DINNER],
      4: [LUNCH, DINNER],
      5: [LUNCH, LATE],
      6: [LUNCH, LATE],
      7: [{ from: '12:00', to: '22:00' }],
    },
    exceptions: { '2026-12-25': [], '2026-12-31': [{ from: '19:00', to: '03:00' }] },
    lastOrderMinutes: 30,
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
  await inTransaction(ctx, async (ctx) => {
    const { id: restaurantId } = ctx.em.create(Restaurant, LITTLE_LEMON);
    await ctx.em.flush();
    for (const { role, ...person } of prepared) {
      const account = await createAccount({ ...ctx, restaurantId }, person);
      if (role === 'customer') continue;
      const hiredAt = ctx.clock.now();
      ctx.em.create(Membership, { account, restaurantId, role, level: null, hiredAt });
    }
    await ctx.em.flush();
    await plantMenu({ ...ctx, restaurantId });
  });
  return { restaurant: LITTLE_LEMON.name, people };
}

export function resetDemo(): void {
  const { production, databaseUrl, dataDir } = readConfig();
  if (production) throw new Refusal('This is a production server: nothing is thrown away.');
  const file = fileOf(databaseUrl);
  if (file === undefined) {
    throw new Refusal('DATABASE_URL names a database server: empty that database yourself.');
  }
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const lock = lockDatabase(file);
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
  lock.release();
  console.log('The demo data is gone. `npm start` plants it anew, with new passwords.');
}
