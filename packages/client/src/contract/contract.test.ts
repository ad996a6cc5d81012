import { describe, expectTypeOf, test } from 'vitest';
import type { Mutation, Query, Subscription } from '../calls.ts';
import type { ApiOf, InferredApi, InferredDetails } from '../inferred.ts';
import type { Routed } from '../routes.ts';
import type { Api, RefusalDetails } from './api.ts';
import type { Routes } from './routes.ts';

// Checked by the compiler alone: what is generated says what is inferred, and the other way round.

type Call = { query: unknown } | { mutate: unknown } | { subscribe: unknown };
type Writable<Calls> = {
  -readonly [Name in keyof Calls]: Calls[Name] extends Call ? Calls[Name] : Writable<Calls[Name]>;
};

type CodesOf<Each> =
  Each extends Query<infer _I, infer _O, infer Code>
    ? Code
    : Each extends Mutation<infer _I, infer _O, infer Code>
      ? Code
      : Each extends Subscription<infer _I, infer _O, infer Code>
        ? Code
        : { [Name in keyof Each]: CodesOf<Each[Name]> }[keyof Each];

/** No details are none, however that is written. */
type Plain<All> = { [Code in keyof All]: { [Field in keyof All[Code]]: All[Code][Field] } };

/** A procedure as tRPC types it. */
interface Procedure<Type, Input, Output> {
  _def: {
    type: Type;
    $types: {
      input: Input;
      output: Output;
      errorShape: { message: string; data: { reason: 'VALIDATION'; details: object } };
    };
  };
}
type Given = ApiOf<{
  place: Procedure<'mutation', { idempotencyKey: string; note?: string | undefined }, string>;
  watch: Procedure<
    'subscription',
    { from: number } | undefined,
    AsyncIterable<{ id: string; data: Date }>
  >;
}>;

describe('the generated contract', () => {
  test('has the calls of the router, with their inputs, outputs and refusals', () => {
    expectTypeOf<Api>().toEqualTypeOf<Writable<InferredApi>>();
  });

  test('has the same calls as procedures of tRPC', () => {
    expectTypeOf<Routes>().toEqualTypeOf<Routed<Api>>();
  });

  test('has the details of every code that a call can be refused with, and of no other', () => {
    expectTypeOf<Plain<RefusalDetails>>().toEqualTypeOf<
      Plain<Pick<InferredDetails, CodesOf<InferredApi>>>
    >();
  });
});

describe('the inferred calls, in the words of the contract', () => {
  test('leave an idempotency key to the client', () => {
    expectTypeOf<Given['place']>().toEqualTypeOf<
      Mutation<{ note?: string | undefined; idempotencyKey?: string }, string, 'VALIDATION'>
    >();
  });

  test('yield the events of a stream, without what they travel in', () => {
    expectTypeOf<Given['watch']>().toEqualTypeOf<
      Subscription<{ from: number } | void, Date, 'VALIDATION'>
    >();
  });
});
