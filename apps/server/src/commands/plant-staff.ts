import { parseArgs } from 'node:util';
import { createAccount, preparedAccount } from '@comanda/domains/auth/auth.actions';
import { Membership } from '@comanda/domains/auth/auth.entity';
import type { CallContext } from '@comanda/domains/context';
import { type Role, ROLES } from '@comanda/kernel/access';
import { DomainError } from '@comanda/kernel/errors';
import { ROLE_TITLES } from '@comanda/kernel/roles';
import { inTransaction } from '@comanda/storage/transaction';
import { loadConfig } from '../config.ts';
import { newPassword } from './passwords.ts';
import { placeNamed, withHouse } from './premises.ts';
import { Refusal } from './start-failures.ts';

interface Plant {
  role: Role;
  username?: string;
  email?: string;
  phone?: string;
}

const inKitchen = (username: string, role: Role): Plant => ({
  username,
  email: `${username}@restaurant.com`,
  role,
});

/** Made-up people to try things with. Names are known to everybody; passwords to whoever planted them. */
const SETS: Record<string, Plant[]> = {
  all: ROLES.map((role) => ({ username: role, role })),
  kitchen: [
    inKitchen('masterchef', 'master_chef'),
    inKitchen('headchef', 'head_chef'),
    inKitchen('souschef', 'sous_chef'),
    inKitchen('waiter1', 'waiter'),
    inKitchen('customer1', 'customer'),
  ],
  test: [
    { phone: '1234567890', role: 'chef' },
    { phone: '0987654321', role: 'waiter' },
  ],
};

export async function plantStaff(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { set: { type: 'string', default: 'all' }, restaurant: { type: 'string' } },
  });
  const people = Object.hasOwn(SETS, values.set) ? SETS[values.set] : undefined;
  if (!people) throw new Refusal('--set is all, kitchen or test.');
  if ((await loadConfig()).production) {
    throw new Refusal('This is a production server: nobody is made up here.');
  }
  await withHouse('plant-staff', async (ctx) => {
    const place = await placeNamed(ctx, values.restaurant);
    if (!place) throw new Refusal('There is no restaurant yet: start the server once.');
    console.log(`At ${place.name}, each password shown this once:`);
    for (const person of people) await plant(ctx, person, place.id);
  });
}

async function plant(ctx: CallContext, person: Plant, restaurantId: string): Promise<void> {
  const { role, ...names } = person;
  const name = names.username ?? names.phone;
  const [firstName = '', lastName = ''] = ROLE_TITLES[role].split(' ');
  const password = newPassword();
  const account = await preparedAccount(ctx, { ...names, password, firstName, lastName });
  try {
    await inTransaction(ctx, (ctx) => hire(ctx, account, { role, restaurantId }));
    console.log(`  ${name}  ${password}`);
  } catch (error) {
    if (!(error instanceof DomainError && error.code === 'NAME_TAKEN')) throw error;
    console.warn(`  ${name} is left as they are: somebody has that name already.`);
  }
}

async function hire(
  ctx: CallContext,
  person: Awaited<ReturnType<typeof preparedAccount>>,
  { role, restaurantId }: { role: Role; restaurantId: string },
): Promise<void> {
  if (role === 'customer') {
    await createAccount(ctx, person);
    return;
  }
  const account = await createAccount({ ...ctx, restaurantId }, person);
  const hiredAt = ctx.clock.now();
  ctx.em.create(Membership, { account, restaurantId, role, level: null, hiredAt });
  await ctx.em.flush();
}
