import { Role } from '@comanda/kernel/roles.schema';
import { line, lineOrNothing, Text } from '@comanda/kernel/text';
import { z } from 'zod';

const Name = lineOrNothing(100);

/** Signing up: 8 to 256 characters. Signing in takes any, so that every no costs the same. */
export const AnyPassword = z
  .string()
  .max(256)
  .refine((password) => password.isWellFormed(), 'the password is not well-formed Unicode');
export const NewPassword = AnyPassword.min(8);

/** Stored in one canonical form each: see `canonical…` in auth.rules.ts. */
const Names = {
  username: Text.max(60).optional(),
  email: Text.max(254).optional(),
  phone: Text.max(30).optional(),
};

export const Register = z
  .strictObject({
    ...Names,
    password: NewPassword,
    firstName: Name.default(''),
    lastName: Name.default(''),
  })
  .refine(hasName, 'one of username, email and phone is needed');
export type Register = z.infer<typeof Register>;

export function hasName(names: { username?: unknown; email?: unknown; phone?: unknown }): boolean {
  return [names.username, names.email, names.phone].some((name) => name !== undefined);
}

export const Login = z.strictObject({
  identifier: Text.max(254),
  password: AnyPassword,
  door: z.enum(['customer', 'staff']).optional(),
  restaurantId: z.uuid().toLowerCase().optional(),
});
export type Login = z.infer<typeof Login>;

export const Refresh = z
  .strictObject({ refreshToken: z.string().max(4_096).optional() })
  .optional();
export type Refresh = z.infer<typeof Refresh>;

export const Logout = z.strictObject({ refreshToken: z.string().max(4_096).optional() }).optional();
export type Logout = z.infer<typeof Logout>;

export const ChangePassword = z.strictObject({ password: AnyPassword, newPassword: NewPassword });
export type ChangePassword = z.infer<typeof ChangePassword>;

export const ResetPassword = z.strictObject({
  identifier: Text.max(254),
  code: Text.max(40),
  newPassword: NewPassword,
});
export type ResetPassword = z.infer<typeof ResetPassword>;

export const SwitchRestaurant = z.strictObject({ restaurantId: z.uuid().toLowerCase().nullable() });
export type SwitchRestaurant = z.infer<typeof SwitchRestaurant>;

export const Revoke = z.strictObject({ id: z.uuid().toLowerCase() });
export type Revoke = z.infer<typeof Revoke>;

export const IssuePass = z.strictObject({ label: line(100) });
export type IssuePass = z.infer<typeof IssuePass>;

export const UserView = z.object({
  id: z.uuid(),
  username: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  firstName: z.string(),
  lastName: z.string(),
  role: Role,
  level: z.int(),
  restaurant: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  hiredAt: z.date().nullable(),
});
export type UserView = z.infer<typeof UserView>;

export const SignedInView = z.object({
  accessToken: z.string(),
  /** Left out where a cookie carries it. */
  refreshToken: z.string().optional(),
  /** When the access token ends. */
  expiresAt: z.date(),
  user: UserView,
});
export type SignedInView = z.infer<typeof SignedInView>;

export const SwitchedView = SignedInView.omit({ refreshToken: true });
export type SwitchedView = z.infer<typeof SwitchedView>;

/**
 * Work that somebody was hired for by a name of theirs. Nothing comes of it before they accept: by
 * `auth.switchRestaurant`, or by signing in there.
 */
export const Invitation = z.object({
  restaurantId: z.uuid(),
  restaurantName: z.string(),
  role: Role,
});
export type Invitation = z.infer<typeof Invitation>;

export const SessionView = z.object({
  user: UserView,
  title: z.string(),
  isChef: z.boolean(),
  capabilities: z.array(z.string()),
  /** None for a device pass. */
  invitations: z.array(Invitation),
  via: z.enum(['session', 'pass']),
  id: z.uuid(),
  /** When the token that was shown ends. */
  expiresAt: z.date(),
});
export type SessionView = z.infer<typeof SessionView>;

const SessionRow = z.object({
  id: z.uuid(),
  current: z.boolean(),
  createdAt: z.date(),
  lastUsedAt: z.date(),
  expiresAt: z.date(),
  userAgent: z.string().nullable(),
  address: z.string().nullable(),
  restaurant: z.object({ id: z.uuid(), name: z.string() }).nullable(),
});
export const SessionList = z.object({
  items: z.array(SessionRow),
  nextCursor: z.string().nullable(),
});
export type SessionList = z.infer<typeof SessionList>;

const PassRow = z.object({
  id: z.uuid(),
  label: z.string(),
  createdAt: z.date(),
  expiresAt: z.date(),
  restaurant: z.object({ id: z.uuid(), name: z.string() }).nullable(),
});
export const PassList = z.object({ items: z.array(PassRow), nextCursor: z.string().nullable() });
export type PassList = z.infer<typeof PassList>;

export const PassView = z.object({
  id: z.uuid(),
  label: z.string(),
  /** Told once; only its hash is kept. */
  token: z.string(),
  expiresAt: z.date(),
});
export type PassView = z.infer<typeof PassView>;

export const Ended = z.object({ ended: z.int() });
export type Ended = z.infer<typeof Ended>;

export const LoggedOut = z.object({ ended: z.boolean() });
export type LoggedOut = z.infer<typeof LoggedOut>;
