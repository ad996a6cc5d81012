import { createTRPCUntypedClient } from '@trpc/client';
import { CallError } from '../errors.ts';
import type { Refresh } from '../session/own-session.ts';
import type { Session } from '../session/session.ts';
import { mustGoOn, type SignedIn } from '../session/tokens.ts';
import { type Link, type Next, type Op, step } from './step.ts';

/** Shows the token of the session with every call, and gets another one when it is refused. */
export function session(held: Session): Link {
  const tokenFor = pinned(held);
  return step((op, bare) => {
    const shown: Next = async (call) =>
      withToken(held, { op: call, token: await tokenFor(call) }, bare);
    return held.carry ? held.carry(op, { bare, shown }) : shown(op);
  });
}

/** Tokens of the session that a call began in, however often `retry` sends it again. */
function pinned(held: Session): (op: Op) => Promise<string | undefined> {
  // By the call itself: a repeat is the very same one.
  const began = new WeakMap<Op, string | undefined>();
  return async (op) => {
    const first = began.get(op);
    if (first === undefined && began.has(op)) return undefined;
    const token = await held.token(op.signal);
    if (first !== undefined) mustGoOn(first, token);
    else began.set(op, token);
    return token;
  };
}

interface Shown {
  op: Op;
  token: string | undefined;
}

async function withToken(held: Session, { op, token }: Shown, next: Next): Promise<unknown> {
  const send = (shown: string) => next({ ...op, context: { ...op.context, token: shown } });
  if (token === undefined) return next(op);
  try {
    return await send(token);
  } catch (error) {
    // Refused at the door: nothing happened, so even a mutation may be sent again.
    if (!(error instanceof CallError && error.reason === 'TOKEN_INVALID')) throw error;
    const other = await held.renew(token, op.signal);
    if (other === undefined) throw error;
    mustGoOn(token, other);
    return send(other);
  }
}

/** Refreshes by calls of its own through `link`, past everything that stands before it. */
export function refreshThrough(link: Link): Refresh {
  const client = createTRPCUntypedClient({ links: [link] });
  return (refreshToken, signal) => {
    const cookie = refreshToken === undefined;
    const input = cookie ? undefined : { refreshToken };
    const answer = client.mutation('auth.refresh', input, { signal, context: { cookie } });
    return answer as Promise<SignedIn>;
  };
}
