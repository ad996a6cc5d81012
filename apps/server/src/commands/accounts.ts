import { parseArgs } from 'node:util';
import { createAccount, preparedAccount } from '@comanda/domains/auth/auth.actions';
import { Account, Membership } from '@comanda/domains/auth/auth.entity';
import { accountNamed } from '@comanda/domains/auth/auth.login.reads';
import { endAll } from '@comanda/domains/auth/auth.sessions';
import type { CallContext } from '@comanda/domains/context';
import { eraseSomebody } from '@comanda/domains/profile/profile.erasing.actions';
import { Restaurant } from '@comanda/domains/restaurants/restaurants.entity';
import { changeIf } from '@comanda/storage/audit';
import { inTransaction } from '@comanda/storage/transaction';
import { newPassword } from './passwords.ts';
import { placeNamed, withHouse } from './premises.ts';
import { Refusal } from './start-failures.ts';

export function createAdmin(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { restaurant: { type: 'string' } },
  });
  const username = named(positionals, 'create-admin <username> [--restaurant <slug>]');
  return withHouse('create-admin', async (ctx) => {
    const password = newPassword();
    const person = await preparedAccount(ctx, { username, password, firstName: '', lastName: '' });
    const place = await inTransaction(ctx, async (ctx) => {
      const restaurant = await placeFor(ctx, values.restaurant);
      const account = await createAccount(ctx, person);
      const { id: restaurantId, name } = restaurant;
      const hiredAt = ctx.clock.now();
      ctx.em.create(Membership, { account, restaurantId, role: 'admin', level: null, hiredAt });
      await ctx.em.flush();
      return name;
    });
    console.log(`Admin ${username} of ${place}. Password, shown this once: ${password}`);
  });
}

export function setPassword(args: string[]): Promise<void> {
  const { positionals } = parseArgs({ args, allowPositionals: true, options: {} });
  const name = named(positionals, 'set-password <name>');
  return withHouse('set-password', async (ctx) => {
    const account = await accountNamed(ctx, name);
    if (!account) throw new Refusal(`There is nobody called ${name}.`);
    const password = newPassword();
    const passwordHash = await ctx.passwords.hash(password);
    await inTransaction(ctx, async (ctx) => {
      await changeIf(ctx.em, Account, { where: { id: account.id }, set: { passwordHash } });
      await endAll(ctx, { accountId: account.id }, 'password');
    });
    console.log(`New password of ${name}, shown this once: ${password}`);
  });
}

export function eraseAccount(args: string[]): Promise<void> {
  const { positionals } = parseArgs({ args, allowPositionals: true, options: {} });
  const id = named(positionals, 'erase <account id>');
  return withHouse('erase', async (ctx) => {
    if (!(await eraseSomebody(ctx, id))) throw new Refusal(`There is no account ${id}.`);
    console.log(`Erased: ${id}`);
  });
}

/** The very first admin brings the first restaurant. */
async function placeFor(ctx: CallContext, slug: string | undefined): Promise<Restaurant> {
  const found = await placeNamed(ctx, slug);
  const blank = { address: null, phone: null, timeZone: 'UTC', currency: 'EUR' };
  return (
    found ?? ctx.em.create(Restaurant, { name: 'My restaurant', slug: 'my-restaurant', ...blank })
  );
}

function named(positionals: string[], usage: string): string {
  const [name, ...rest] = positionals;
  if (name === undefined || rest.length > 0) throw new Refusal(`Usage: comanda-server ${usage}`);
  return name;
}
