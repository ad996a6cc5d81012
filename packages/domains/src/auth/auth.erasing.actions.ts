import { AuditEntry } from '@comanda/storage/audit.entity';
import { blank } from '@comanda/storage/erasing';
import type { Erasing } from '../context.ts';
import { Account, Membership } from './auth.entity.ts';
import { DevicePass, Session } from './auth.session.entity.ts';

/** Last of all: by then nothing asks any more what somebody was called. */
export const eraseAccount: Erasing = async ({ em, clock }, { accountId: id }) => {
  const memberships = await em.find(Membership, { account: id }, { filters: false });
  for (const membership of memberships) {
    membership.deactivatedAt ??= clock.now();
    membership.deletedAt ??= clock.now();
  }
  await em.flush();
  const where = { account: id };
  await blank(em, Membership, { where, set: { invitedAs: null } });
  await blank(em, Session, { where, set: { userAgent: null, address: null } });
  await blank(em, DevicePass, { where, set: { label: '' } });
  await blank(em, Account, { where: { id }, set: NOBODY });
};

/** No password has this hash. */
const NOBODY = {
  username: null,
  email: null,
  phone: null,
  firstName: '',
  lastName: '',
  passwordHash: 'erased',
  lastLoginAt: null,
};

type Named = Pick<Account, 'firstName' | 'lastName' | 'username'>;

/** All that somebody has ever been called, as the audit log tells. */
export async function everyNameOf(
  { em }: Parameters<Erasing>[0],
  accountId: string,
): Promise<string[]> {
  const told = await em.find(
    AuditEntry,
    { target: Account.name, targetId: accountId },
    { fields: ['before', 'after'], orderBy: { id: 'asc' }, filters: false },
  );
  const { firstName, lastName, username } = await em.findOneOrFail(Account, accountId);
  const changes = told.flatMap(({ before, after }) => [before ?? {}, after ?? {}]);
  let now: Named = { firstName: '', lastName: '', username: null };
  const names = [...changes, { firstName, lastName, username }].flatMap((change) => {
    now = { ...now, ...change };
    return [`${now.firstName} ${now.lastName}`.trim(), now.username ?? ''];
  });
  return [...new Set(names)].filter((name) => name !== '');
}
