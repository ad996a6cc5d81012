import type { Operation, TRPCLink } from '@trpc/client';
import { observable, observableToPromise } from '@trpc/server/observable';
import type { AnyRouter } from '@trpc/server';
import { CallError, fault } from '../errors.ts';
import type { CallContext } from './context.ts';

/** A link, whatever router it serves. */
export type Link = TRPCLink<AnyRouter>;

/** A call on its way; what the links tell each other about it is typed. */
export type Op = Omit<Operation, 'context'> & { context: CallContext };

export type Next = (op: Op) => Promise<unknown>;

/** Makes a link from what it does to a query or a mutation; a subscription passes it by. */
export function step(work: (op: Op, next: Next) => Promise<unknown>): Link {
  return () =>
    ({ op, next }) => {
      if (op.type === 'subscription') return next(op);
      const onward: Next = async (passed) => {
        const { result } = await observableToPromise(next(passed));
        return 'data' in result ? result.data : undefined;
      };
      return observable((observer) => {
        work(op as Op, onward).then(
          (data) => {
            observer.next({ result: { type: 'data', data } });
            observer.complete();
          },
          (error: unknown) => observer.error(ofOurs(error) as never),
        );
      });
    };
}

/** What the caller's own functions throw: their token, their headers, their store. */
function ofOurs(error: unknown): CallError {
  if (error instanceof CallError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return fault(`Before it was sent: ${message}`, { because: 'client' }, { cause: error });
}
