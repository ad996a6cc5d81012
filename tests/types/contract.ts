import type { AppRouter as Published } from '@comanda/client/router';
import type { AppRouter as Live } from '@comanda/domains/router';
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';

// Checked by the compiler alone (`npm run typecheck`): the router that the client publishes is the
// one that is served. That its generated calls are the inferred ones is proven beside them.

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

type Given = inferRouterOutputs<Published>;
type Told = inferRouterOutputs<Live>;

/** Streams are given in steps of the client’s own, and told in those of tRPC: their events are the same. */
type Calls<Outputs> = {
  [Name in keyof Outputs]: 'watch' extends keyof Outputs[Name]
    ? Omit<Outputs[Name], 'watch'>
    : Outputs[Name];
};
type Events<Outputs> = {
  [Name in keyof Outputs as 'watch' extends keyof Outputs[Name] ? Name : never]: EventOf<
    Outputs[Name]['watch' & keyof Outputs[Name]]
  >;
};
type EventOf<Stream> =
  Stream extends AsyncIterable<infer Step> ? Extract<Step, { data: unknown }>['data'] : never;

type DataOf<Procedure> = Procedure extends {
  _def: { $types: { errorShape: { data: infer Data } } };
}
  ? Data
  : never;
type Login = DataOf<Published['auth']['login']>;

export const claims = [
  proven<Fits<Asked, Taken>>(true),
  proven<Fits<Taken, Asked>>(true),
  proven<Fits<Calls<Given>, Calls<Told>>>(true),
  proven<Fits<Calls<Told>, Calls<Given>>>(true),
  proven<Fits<Events<Given>, Events<Told>>>(true),
  proven<Fits<Events<Told>, Events<Given>>>(true),
  proven<Fits<'orders' | 'kitchen', keyof Events<Told>>>(true),
  proven<Fits<Extract<DataOf<Live['auth']['login']>, { reason: Login['reason'] }>, Login>>(true),
  proven<Fits<Extract<Login, { reason: 'QUOTA_EXCEEDED' }>['details'], { resetAt: Date }>>(true),
];

// @ts-expect-error signing in is never refused for a slug
export const stranger: Login['reason'] = 'SLUG_TAKEN';
