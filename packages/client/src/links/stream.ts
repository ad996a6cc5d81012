import { observable } from '@trpc/server/observable';
import type { StreamState } from '../calls.ts';
import type { CallError } from '../errors.ts';
import type { Session } from '../session/session.ts';
import type { Transport } from './http.ts';
import type { Link, Op } from './step.ts';
import { watch, type WatchOptions } from './watch.ts';

/**
 * Serves subscriptions, and brings them back after a lost connection. Whoever takes the steps reads
 * them at their own pace; anybody else is handed each as soon as it is there.
 */
export function stream(transport: Transport, session: Session, options?: WatchOptions): Link {
  const start = watch(transport, session, options);
  return () =>
    ({ op, next }) => {
      if (op.type !== 'subscription') return next(op);
      return observable((observer) => {
        const { context, ...asked } = op as Op;
        const { take, ...own } = context;
        if (take) return take(start({ ...asked, context: own, onState: own.onState }));

        const onState = (now: StreamState, why: CallError | null) => {
          own.onState?.(now);
          if (now === 'open') observer.next({ result: { type: 'started' } });
          const state = now === 'open' ? 'pending' : 'connecting';
          observer.next({ result: { type: 'state', state, error: why } as never });
        };
        const steps = start({ ...asked, context: own, onState });
        const hand = async () => {
          for await (const data of steps) observer.next({ result: { type: 'data', data } });
          observer.next({ result: { type: 'stopped' } });
          observer.next({ result: { type: 'state', state: 'idle', error: null } });
          observer.complete();
        };
        hand().catch((error: unknown) => observer.error(error as never));
        return () => void steps.return();
      });
    };
}
