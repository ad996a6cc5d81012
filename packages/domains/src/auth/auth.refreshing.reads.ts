import { held, type Holding } from '@comanda/storage/executing';
import { remembered } from '@comanda/storage/remembering';
import type { Placeholders } from '@comanda/storage/remembering.query';
import type { RowOf } from '@comanda/storage/writing';
import type { Session } from './auth.session.entity.ts';

const FAMILY = [
  'id',
  'version',
  'account',
  'membership',
  'counter',
  'tokenHash',
  'parentHash',
  'childSalt',
  'familyKey',
  'rotatedAt',
  'idleUntil',
  'expiresAt',
  'endedAt',
] as const;

/** A family of refresh tokens, as far as the next one depends on it. */
export interface Family extends Pick<
  RowOf<Session>,
  Exclude<(typeof FAMILY)[number], 'membership'>
> {
  membership: string | null;
}

interface Asked {
  id: string;
}

// Every device asks one of them all day long: built once.
export const familySeen = remembered<typeof Session>()((rows, { id }: Placeholders<Asked>) =>
  rows.selectFrom('Session').where('id', '=', id).select(FAMILY),
);

/** Held until the transaction ends: who comes at once with the same token comes one after the other. */
export const familyHeld = remembered<typeof Session>()(
  (rows, { id }: Placeholders<Asked>, how: Holding) =>
    held(how, rows.selectFrom('Session').where('id', '=', id).select(FAMILY)),
);
