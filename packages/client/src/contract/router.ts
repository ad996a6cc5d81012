import type {
  AnyTRPCRootTypes,
  TRPCBuiltRouter,
  TRPCDefaultErrorData,
  TRPCErrorShape,
} from '@trpc/server';
import type { RefusalDetails } from '../api.ts';
import type { Routes } from '../routes.ts';

export type Codes = keyof RefusalDetails;

/** `error.data` of a call that was refused with this code. */
interface Data<Code extends Codes> extends TRPCDefaultErrorData {
  reason: Code;
  details: RefusalDetails[Code];
  requestId?: string;
}
type DataOf = { [Code in Codes]: Data<Code> };

/** What tRPC knows of a procedure. */
export interface Of<Input, Output, Code extends Codes> {
  meta: unknown;
  input: Input;
  output: Output;
  // One shape whose data differ, not many shapes, and spelt out: the least work for the compiler.
  errorShape: { message: string; code: TRPCErrorShape['code']; data: DataOf[Code] };
}

interface Root extends Omit<AnyTRPCRootTypes, 'errorShape' | 'transformer'> {
  errorShape: TRPCErrorShape<DataOf[Codes]>;
  transformer: true;
}

/** The calls of the service as a router of tRPC, for tools that ask for one. */
// An interface: where tRPC is not installed a type would be a silent `any`, this is an empty object.
export interface AppRouter extends TRPCBuiltRouter<Root, Routes> {}
