import { Role } from '@comanda/kernel/roles.schema';
import { lineOrNothing, Text } from '@comanda/kernel/text';
import { z } from 'zod';
import { AnyPassword } from '../auth/auth.schema.ts';
import { StaffFlags } from '../permissions/permissions.schema.ts';

/** The work whose hat the caller wears. */
export const StaffCard = z.object({
  /** Of the membership. */
  id: z.uuid(),
  role: Role,
  title: z.string(),
  level: z.int(),
  /** Clocked in there, and not on a break. */
  isOnShift: z.boolean(),
  restaurant: z.object({
    id: z.uuid(),
    name: z.string(),
    address: z.string().nullable(),
    phone: z.string().nullable(),
  }),
  flags: StaffFlags,
});
export type StaffCard = z.infer<typeof StaffCard>;

export const ProfileView = z.object({
  /** Of the account. */
  id: z.uuid(),
  username: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  firstName: z.string(),
  lastName: z.string(),
  bio: z.string(),
  website: z.string().nullable(),
  avatarId: z.uuid().nullable(),
  createdAt: z.date(),
  lastLoginAt: z.date().nullable(),
  /** Null for customers. */
  staff: StaffCard.nullable(),
  /** Zero until the profile is changed for the first time. */
  version: z.int(),
});
export type ProfileView = z.infer<typeof ProfileView>;

const ADDRESS = /^https?:\/\/[^\s\p{C}]+$/iu;
/** A page that a browser opens: no line breaks, and no signs that nobody sees. */
const Website = Text.max(200)
  .trim()
  .refine((address) => ADDRESS.test(address) && URL.canParse(address), {
    error: 'this is no address of a page',
  });

/** What is left out stays. Null takes a name away; one of the three has to stay. */
export const UpdateProfile = z.strictObject({
  expectedVersion: z.int().optional(),
  username: Text.max(60).nullable().optional(),
  email: Text.max(254).nullable().optional(),
  phone: Text.max(30).nullable().optional(),
  firstName: lineOrNothing(100).optional(),
  lastName: lineOrNothing(100).optional(),
  bio: Text.trim().max(500).optional(),
  website: Website.nullable().optional(),
});
export type UpdateProfile = z.infer<typeof UpdateProfile>;

export const SetAvatar = z.strictObject({
  /** An upload of the caller's; null takes the avatar away. */
  pictureId: z.uuid().toLowerCase().nullable(),
});
export type SetAvatar = z.infer<typeof SetAvatar>;

export const Erase = z.strictObject({ password: AnyPassword });
export type Erase = z.infer<typeof Erase>;

export const Erased = z.object({ erased: z.literal(true) });
export type Erased = z.infer<typeof Erased>;
