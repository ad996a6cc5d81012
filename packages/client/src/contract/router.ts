import type {
  AnyTRPCRootTypes,
  TRPCBuiltRouter,
  TRPCDefaultErrorData,
  TRPCErrorShape,
  TRPCMutationProcedure,
  TRPCQueryProcedure,
  TRPCSubscriptionProcedure,
} from '@trpc/server';
import type { Api, RefusalDetails } from '../api.ts';
import type { Mutation, Query, StreamEvent, Subscription } from '../calls.ts';

/** `error.data` of a call that was refused with this code. */
interface Data<Code extends keyof RefusalDetails> extends TRPCDefaultErrorData {
  reason: Code;
  details: RefusalDetails[Code];
  requestId?: string;
}
type DataOf = { [Code in keyof RefusalDetails]: Data<Code> };

interface Definition<Input, Output, Code extends keyof DataOf> {
  meta: unknown;
  input: Input;
  output: Output;
  // One shape whose data differ, not many shapes, and spelt out: the least work for the compiler.
  errorShape: { message: string; code: TRPCErrorShape['code']; data: DataOf[Code] };
}

// The kind is asked first: to infer in vain costs the compiler more.
type Routed<Calls> = {
  [Name in keyof Calls]: Calls[Name] extends { query: unknown }
    ? Calls[Name] extends Query<infer Input, infer Output, infer Code extends keyof DataOf>
      ? TRPCQueryProcedure<Definition<Input, Output, Code>>
      : never
    : Calls[Name] extends { mutate: unknown }
      ? Calls[Name] extends Mutation<infer Input, infer Output, infer Code extends keyof DataOf>
        ? TRPCMutationProcedure<Definition<Input, Output, Code>>
        : never
      : Calls[Name] extends { subscribe: unknown }
        ? Calls[Name] extends Subscription<
            infer Input,
            infer Event,
            infer Code extends keyof DataOf
          >
          ? TRPCSubscriptionProcedure<Definition<Input, AsyncIterable<StreamEvent<Event>>, Code>>
          : never
        : Routed<Calls[Name]>;
};

interface Root extends Omit<AnyTRPCRootTypes, 'errorShape' | 'transformer'> {
  errorShape: TRPCErrorShape<DataOf[keyof DataOf]>;
  transformer: true;
}

/** The calls of the service as a router of tRPC, for tools that ask for one. */
// An interface: where tRPC is not installed a type would be a silent `any`, this is an empty object.
export interface AppRouter extends TRPCBuiltRouter<Root, Routed<Api>> {}
