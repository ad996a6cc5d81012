import type { AppRouter as Published } from '@comanda/client/router';
import type { AppRouter as Live } from '@comanda/domains/router';
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';

// Checked by the compiler alone (`tsc -p tests`): the router that the client publishes is the one that
// is served. That its generated calls are the inferred ones is proven beside them.

type Fits<A, B> = [A] extends [B] ? true : false;
const proven = <Claim extends true>(claim: Claim): Claim => claim;

/** The client makes the key where its user gives none; in all else the inputs are the same. */
type Keyless<Input> = Input extends Date | readonly unknown[] | void
  ? Input
  : 'idempotencyKey' extends keyof Input
    ? Omit<Input, 'idempotencyKey'>
    : { [Name in keyof Input]: Keyless<Input[Name]> };
type Asked = Keyless<inferRouterInputs<Published>>;
type Taken = Keyless<inferRouterInputs<Live>>;

type DataOf<Procedure> = Procedure extends {
  _def: { $types: { errorShape: { data: infer Data } } };
}
  ? Data
  : never;
type Login = DataOf<Published['auth']['login']>;

export const claims = [
  proven<Fits<Asked, Taken>>(true),
  proven<Fits<Taken, Asked>>(true),
  proven<Fits<inferRouterOutputs<Published>, inferRouterOutputs<Live>>>(true),
  proven<Fits<inferRouterOutputs<Live>, inferRouterOutputs<Published>>>(true),
  proven<Fits<Extract<DataOf<Live['auth']['login']>, { reason: Login['reason'] }>, Login>>(true),
  proven<Fits<Extract<Login, { reason: 'QUOTA_EXCEEDED' }>['details'], { resetAt: Date }>>(true),
];

// @ts-expect-error signing in is never refused for a slug
export const stranger: Login['reason'] = 'SLUG_TAKEN';
