import { Moment } from '@comanda/kernel/moment.schema';
import { PageInput, pageOf } from '@comanda/kernel/page';
import { Role, RoleName } from '@comanda/kernel/roles.schema';
import { lineOrNothing, Text } from '@comanda/kernel/text';
import { z } from 'zod';
import { hasName, NewPassword } from '../auth/auth.schema.ts';
import { StaffFlags } from '../permissions/permissions.schema.ts';

const Id = z.uuid().toLowerCase();
/** Left out: the restaurant of the session. An admin may name another. */
const restaurantId = Id.optional();
const Level = z.int().min(1).max(5);

export const PersonView = z.object({
  id: z.uuid(),
  /** By which name they were hired, for as long as they have not accepted: then it is all that is told. */
  invitedAs: z.string().nullable(),
  username: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  firstName: z.string(),
  lastName: z.string(),
  role: Role,
  title: z.string(),
  level: z.int(),
  flags: StaffFlags.nullable(),
  hiredAt: z.date(),
  /** Invited, and free to accept. */
  pending: z.boolean(),
  /** Has accepted, and works here still. */
  active: z.boolean(),
  version: z.int(),
});
export type PersonView = z.infer<typeof PersonView>;

export const ListPeople = z
  .strictObject({
    restaurantId,
    ...PageInput,
    search: Text.max(100).optional(),
    /** Left out: every role but customers. */
    role: RoleName.optional(),
    active: z.boolean().optional(),
    /** Hired then or later. */
    hiredFrom: Moment.optional(),
    /** Hired before. */
    hiredTo: Moment.optional(),
  })
  .prefault({});
export type ListPeople = z.infer<typeof ListPeople>;
export const PersonPage = pageOf(PersonView);
export type PersonPage = z.infer<typeof PersonPage>;

export const NamePerson = z.strictObject({ restaurantId, personId: Id });
export type NamePerson = z.infer<typeof NamePerson>;

export const CreatePerson = z
  .strictObject({
    restaurantId,
    /** Invites somebody who has an account, by any of their names; else a new account is made. */
    existing: Text.max(254).optional(),
    username: Text.max(60).optional(),
    email: Text.max(254).optional(),
    phone: Text.max(30).optional(),
    password: NewPassword.optional(),
    firstName: lineOrNothing(100).default(''),
    lastName: lineOrNothing(100).default(''),
    role: RoleName,
    level: Level.optional(),
  })
  .refine(
    ({ existing, password, ...person }) =>
      existing === undefined
        ? hasName(person) && password !== undefined
        : !hasName(person) && password === undefined,
    'send either `existing`, or a password and one of username, email and phone',
  );
export type CreatePerson = z.infer<typeof CreatePerson>;

export const SetRole = NamePerson.extend({ role: RoleName });
export type SetRole = z.infer<typeof SetRole>;

export const SetLevel = NamePerson.extend({ level: Level.nullable() });
export type SetLevel = z.infer<typeof SetLevel>;

export const ResetCodeView = z.object({
  /** Told once; give it to the person by a way that only they see. */
  code: z.string(),
  expiresAt: z.date(),
});
export type ResetCodeView = z.infer<typeof ResetCodeView>;
