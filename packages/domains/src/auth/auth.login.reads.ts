import { held, type Holding, holding } from '@comanda/storage/executing';
import type { Reader } from '@comanda/storage/reading';
import { remembered } from '@comanda/storage/remembering';
import type { Placeholders } from '@comanda/storage/remembering.query';
import type { Account, Membership } from './auth.entity.ts';
import { identified, type NameField } from './auth.rules.ts';
import type { Session } from './auth.session.entity.ts';

/** What signing in asks of an account; as plain as for a name that nobody has. */
export interface Credentials {
  id: string;
  username: string | null;
  email: string | null;
  phone: string | null;
  passwordHash: string;
  deactivatedAt: Date | null;
}

const named = remembered<typeof Account>()(
  (rows, { name }: Placeholders<{ name: string }>, field: NameField) =>
    rows
      .selectFrom('Account')
      .where(field, '=', name)
      .select(['id', 'username', 'email', 'phone', 'passwordHash', 'deactivatedAt']),
);

/** The account that signs in by this name, in any of the three kinds and spellings. */
export async function accountNamed(
  { em }: Reader,
  identifier: string,
): Promise<Credentials | undefined> {
  const { field, name } = identified(identifier) ?? NOBODY;
  return named.first(em, { name }, field);
}

/** No name of any kind, looked for all the same. */
const NOBODY = { field: 'username', name: '' } as const;

const seenFrom = remembered<typeof Session>()(
  (rows, { accountId, address }: Placeholders<{ accountId: string; address: string }>) =>
    rows
      .selectFrom('Session as s')
      .where('s.account', '=', accountId)
      .where('s.address', '=', address)
      .select('s.id')
      .limit(1),
);

/** Whether this person has signed in from there before: then an attack elsewhere must not lock them out. */
export async function isFamiliar(
  { em }: Reader,
  from: { accountId: string; address: string },
): Promise<boolean> {
  return (await seenFrom.first(em, from)) !== undefined;
}

const accountHeldBy = remembered<typeof Account>()(
  (rows, { id }: Placeholders<{ id: string }>, how: Holding) =>
    held(
      how,
      rows
        .selectFrom('Account')
        .where('id', '=', id)
        .select(['id', 'version', 'passwordHash', 'deactivatedAt', 'lastLoginAt']),
    ),
);

/** Held until the transaction ends. */
export function accountHeld({ em }: Reader, id: string) {
  return accountHeldBy.first(em, { id }, holding(em));
}

const works = remembered<typeof Membership>()(
  (rows, { accountId }: Placeholders<{ accountId: string }>) =>
    rows
      .selectFrom('Membership')
      .where('account', '=', accountId)
      .where('deactivatedAt', 'is', null)
      .where('invitedAs', 'is', null)
      .orderBy('id', 'desc')
      .limit(1)
      .select(['id', 'version']),
);

/** The hat of their newest work, seen from everywhere. An invitation is none. */
export async function newestWork({ em }: Reader, accountId: string) {
  return (await works.first(em, { accountId })) ?? null;
}

const alive = remembered<typeof Session>()(
  (rows, { accountId }: Placeholders<{ accountId: string }>) =>
    rows
      .selectFrom('Session')
      .where('account', '=', accountId)
      .where('endedAt', 'is', null)
      .orderBy('rotatedAt', 'desc')
      .select(['id', 'version', 'endedAt', 'endReason']),
);

/** The sessions of a person that have not been ended, the one that was used last first. */
export function sessionsAlive({ em }: Reader, accountId: string) {
  return alive.all(em, { accountId });
}
