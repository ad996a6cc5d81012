import type { Procedures } from '@comanda/domains/procedures';
import type { transportErrors } from '@comanda/kernel/transport.errors';

// Checked by the compiler alone (`npm run typecheck`): what a procedure may refuse is in its type, with
// guard, quota and input, and nothing else is.

type ShapeOf<Procedure> = Procedure extends { _def: { $types: { errorShape: infer Shape } } }
  ? Shape
  : never;
type ReasonsOf<Procedure> =
  ShapeOf<Procedure> extends { data: { reason: infer Reason } } ? Reason : never;
type DetailsOf<Procedure, Reason extends string> =
  Extract<ShapeOf<Procedure>, { data: { reason: Reason } }> extends {
    data: { details: infer Details };
  }
    ? Details
    : never;

type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const proven = <Claim extends true>(claim: Claim): Claim => claim;

type OfAnyCall =
  | keyof typeof transportErrors
  | 'VALIDATION'
  | 'QUOTA_EXCEEDED'
  | 'OVERLOADED'
  | 'DB_BUSY'
  | 'DB_UNAVAILABLE'
  | 'STORAGE_FULL'
  | 'OUTCOME_UNKNOWN'
  | 'VERSION_CONFLICT'
  | 'TOKEN_INVALID';

type Login = Procedures['auth']['login'];
type Register = Procedures['auth']['register'];
type Session = Procedures['auth']['session'];
type SetLevel = Procedures['people']['setLevel'];

export const claims = [
  proven<
    Same<
      ReasonsOf<Login>,
      OfAnyCall | 'INVALID_CREDENTIALS' | 'NOT_STAFF' | 'STAFF_PROFILE_MISSING' | 'ORIGIN_DENIED'
    >
  >(true),
  proven<Same<ReasonsOf<Session>, OfAnyCall | 'UNAUTHENTICATED'>>(true),
  proven<Same<DetailsOf<Register, 'NAME_TAKEN'>, { field: 'username' | 'email' | 'phone' }>>(true),
  proven<Same<DetailsOf<SetLevel, 'LEVEL_TOO_HIGH'>, { highest: number }>>(true),
  proven<Same<DetailsOf<SetLevel, 'FORBIDDEN'>, { capability: string }>>(true),
];

// @ts-expect-error a session is never refused for a weak password
export const stranger: ReasonsOf<Session> = 'PASSWORD_WEAK';
