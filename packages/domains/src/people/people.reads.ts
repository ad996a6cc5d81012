import type { KitchenLevel } from '@comanda/kernel/roles';
import { levelOf, ROLE_TITLES } from '@comanda/kernel/roles';
import { staffFlags } from '@comanda/kernel/projections';
import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { fromCursor, page } from '@comanda/kernel/page';
import { type Reader, reading } from '@comanda/storage/reading';
import type { Account, Membership } from '../auth/auth.entity.ts';
import type { ListPeople, PersonPage, PersonView } from './people.schema.ts';

type Tables = typeof Account | typeof Membership;

const SHOWN = [
  'm.id as membershipId',
  'a.id',
  'a.username',
  'a.email',
  'a.phone',
  'a.firstName',
  'a.lastName',
  'm.role',
  'm.level',
  'm.hiredAt',
  'm.invitedAs',
  'm.deactivatedAt',
  'a.deactivatedAt as closedAt',
  'm.version',
] as const;

const SEARCHED = ['a.firstName', 'a.lastName', 'a.username', 'a.email', 'a.phone'] as const;

const staff = ({ em }: Reader) =>
  reading<Tables>(em)
    .selectFrom('Membership as m')
    .innerJoin('Account as a', 'a.id', 'm.account')
    .select(SHOWN);
type Row = Awaited<ReturnType<ReturnType<typeof staff>['executeTakeFirstOrThrow']>>;

/** Newest first. */
export async function listPeople(ctx: Reader, input: ListPeople): Promise<PersonPage> {
  const { cursor, limit, search, role, active, hiredFrom, hiredTo } = input;
  let query = staff(ctx);
  query = role ? query.where('m.role', '=', role) : query.where('m.role', '!=', 'customer');
  if (active !== undefined) {
    query = query.where(({ eb, and, not }) => {
      const isActive = and([
        eb('m.deactivatedAt', 'is', null),
        eb('m.invitedAs', 'is', null),
        eb('a.deactivatedAt', 'is', null),
      ]);
      return active ? isActive : not(isActive);
    });
  }
  if (hiredFrom) query = query.where('m.hiredAt', '>=', hiredFrom);
  if (hiredTo) query = query.where('m.hiredAt', '<', hiredTo);
  if (cursor) query = query.where('m.id', '<', fromCursor(cursor)[0]);
  if (search) {
    const part = search.toLowerCase();
    query = query.where(({ eb, and, or, fn, val }) => {
      const holds = (column: (typeof SEARCHED)[number] | 'm.invitedAs') =>
        eb(fn<number>('instr', [fn('lower', [column]), val(part)]), '>', 0);
      const known = and([eb('m.invitedAs', 'is', null), or(SEARCHED.map(holds))]);
      return or([known, holds('m.invitedAs')]);
    });
  }
  const rows = await query
    .orderBy('m.id', 'desc')
    .limit(limit + 1)
    .execute();
  const { items, nextCursor } = page(rows, { limit, at: ({ membershipId }) => [membershipId] });
  return { items: items.map(view), nextCursor };
}

export async function showPerson(ctx: Reader, personId: string): Promise<PersonView> {
  const row = await staff(ctx).where('a.id', '=', personId).executeTakeFirst();
  if (!row) throw kernelErrors.NOT_FOUND({ what: 'person' });
  return view(row);
}

function view({ level, deactivatedAt, closedAt, ...row }: Row): PersonView {
  const { role, invitedAs } = row;
  const accepted = invitedAs === null;
  return {
    ...row,
    ...(!accepted && UNTOLD),
    title: ROLE_TITLES[role],
    level: levelOf(role, level as KitchenLevel | null),
    flags: role === 'customer' ? null : staffFlags(role),
    pending: !accepted && deactivatedAt === null,
    active: accepted && deactivatedAt === null && closedAt === null,
  };
}

/** Who has not accepted is a stranger, of whom the restaurant knows what it typed. */
const UNTOLD = { username: null, email: null, phone: null, firstName: '', lastName: '' };
