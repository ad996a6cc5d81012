import type { TRPCUntypedClient } from '@trpc/client';
import type { AnyRouter } from '@trpc/server';
import type { CallOptions, StreamOptions } from './calls.ts';
import type { CallContext } from './links/context.ts';

export type Untyped = TRPCUntypedClient<AnyRouter>;
type Options = CallOptions & StreamOptions;

const HOW = new Map<string, 'query' | 'mutation' | 'subscription'>([
  ['query', 'query'],
  ['mutate', 'mutation'],
  ['subscribe', 'subscription'],
]);

/** Where tRPC's own tools, TanStack Query's among them, look for the client behind a client. */
const UNTYPED = Symbol.for('trpc_untypedClient');

/** The client behind a client. */
export function untypedOf(client: object): Untyped {
  return Reflect.get(client, UNTYPED) as Untyped;
}

/** Turns `client.menu.items.list.query(input)` into a call of `menu.items.list`; `own` comes before calls. */
export function proxyOf(untyped: Untyped, own: object = {}, path: string[] = []): object {
  return folder(untyped, path, Object.assign(own, { [UNTYPED]: untyped }));
}

function folder(untyped: Untyped, path: string[], own: object): object {
  const known = new Map<string, unknown>();
  return new Proxy(Object.create(null) as object, {
    get: (_, key) => {
      if (Object.hasOwn(own, key)) return Reflect.get(own, key);
      if (key === Symbol.toPrimitive) return () => `[${['comanda', ...path].join('.')}]`;
      if (typeof key === 'symbol') return undefined;
      if (!known.has(key)) known.set(key, below(untyped, path, key));
      return known.get(key);
    },
  });
}

function below(untyped: Untyped, path: string[], key: string): unknown {
  const how = HOW.get(key);
  if (!how) return folder(untyped, [...path, key], {});
  const name = path.join('.');
  return (input: unknown, { signal, ...context }: Options = {}) => {
    const options = { context, ...(signal && { signal }) };
    if (how === 'subscription') return stepsOf(untyped, { name, input, options });
    return untyped[how](name, input, options);
  };
}

interface Asked {
  name: string;
  input: unknown;
  options: { context: CallContext; signal?: AbortSignal };
}

/** tRPC's own iterator reads ahead without end; the one of the link waits for its reader. */
function stepsOf(untyped: Untyped, { name, input, options }: Asked): unknown {
  let steps: unknown;
  const context: CallContext = { ...options.context, take: (taken) => (steps = taken) };
  untyped.subscription(name, input, { ...options, context, onData: () => undefined });
  return steps;
}
