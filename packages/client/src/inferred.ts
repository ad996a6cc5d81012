import type { catalogue } from '@comanda/domains/errors';
import type { Procedures } from '@comanda/domains/procedures';
import type { Mutation, Query, Subscription } from './calls.ts';

// What the published types say, inferred: in this repository a changed procedure is known at once.

type Shown = { message: string; data: { reason: string; details: unknown } };

/** Codes that say something about the client or the network, not about the call: they arrive as a fault. */
type OfTransport = Exclude<keyof (typeof catalogue)['transport'], 'UPGRADE_REQUIRED'>;

type CodesOf<Shape> = Shape extends Shown ? Exclude<Shape['data']['reason'], OfTransport> : never;

/** The client makes the key where the caller gives none. */
type Keyed<Input> = Input extends { idempotencyKey: string }
  ? Flat<Omit<Input, 'idempotencyKey'> & { idempotencyKey?: string }>
  : Input;
/** One object, as the contract prints it: an intersection would not be equal to that. */
type Flat<Fields> = { [Name in keyof Fields]: Fields[Name] };
type Sent<Input> = [Input] extends [void]
  ? void
  : undefined extends Input
    ? Keyed<NonNullable<Input>> | void
    : Keyed<Input>;

type Yielded<Output> =
  Output extends AsyncIterable<infer Event>
    ? Event extends { 0: string; 1: infer Data; 2: symbol } | { id: string; data: infer Data }
      ? Data
      : Event
    : never;

interface Built<Type, Input, Output, Shape> {
  _def: { type: Type; $types: { input: Input; output: Output; errorShape: Shape } };
}

/** The calls of a record of procedures. */
export type ApiOf<Record> = {
  readonly [Name in keyof Record]: Record[Name] extends Built<
    infer Type,
    infer Input,
    infer Output,
    infer Shape
  >
    ? Type extends 'query'
      ? Query<Sent<Input>, Output, CodesOf<Shape>>
      : Type extends 'mutation'
        ? Mutation<Sent<Input>, Output, CodesOf<Shape>>
        : Subscription<Sent<Input>, Yielded<Output>, CodesOf<Shape>>
    : ApiOf<Record[Name]>;
};

/** The calls of the service. */
export type InferredApi = ApiOf<Procedures>;

type Catalogue = (typeof catalogue)[keyof typeof catalogue];
type Merged<Union> = {
  [Code in Union extends unknown ? keyof Union : never]: DetailsIn<Union, Code>;
};
type DetailsIn<Union, Code extends PropertyKey> =
  Union extends Record<Code, { readonly details?: infer Details }> ? Details : never;

/** The details of each refusal. */
export type InferredDetails = Omit<Merged<Catalogue>, OfTransport>;
