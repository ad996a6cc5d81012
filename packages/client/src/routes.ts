import type {
  TRPCMutationProcedure,
  TRPCQueryProcedure,
  TRPCSubscriptionProcedure,
} from '@trpc/server';
import type { Api } from './api.ts';
import type { Mutation, Query, StreamEvent, Subscription } from './calls.ts';
import type { Codes, Of } from './contract/router.ts';

// In the published package these are generated as well: see `contract/routes.ts`.

/** The calls of the service as procedures of tRPC. */
export type Routes = Routed<Api>;

// The kind is asked first: to infer in vain costs the compiler more.
export type Routed<Calls> = {
  [Name in keyof Calls]: Calls[Name] extends { query: unknown }
    ? Calls[Name] extends Query<infer Input, infer Output, infer Code extends Codes>
      ? TRPCQueryProcedure<Of<Input, Output, Code>>
      : never
    : Calls[Name] extends { mutate: unknown }
      ? Calls[Name] extends Mutation<infer Input, infer Output, infer Code extends Codes>
        ? TRPCMutationProcedure<Of<Input, Output, Code>>
        : never
      : Calls[Name] extends { subscribe: unknown }
        ? Calls[Name] extends Subscription<infer Input, infer Event, infer Code extends Codes>
          ? TRPCSubscriptionProcedure<Of<Input, AsyncIterable<StreamEvent<Event>>, Code>>
          : never
        : Routed<Calls[Name]>;
};
