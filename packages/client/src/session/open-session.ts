import type { Op } from '../links/step.ts';
import { type Leaving, OwnSession, type SessionOptions } from './own-session.ts';
import type { Session } from './session.ts';

/** A session that starts, goes on and ends with the calls that pass. */
export function openSession(options: SessionOptions): Session {
  const own = new OwnSession(options);
  const cookie = options.store.carrier === 'cookie';
  return {
    token: (signal) => own.token(signal),
    renew: (refused, signal) => own.renew(refused, signal),
    carry: (op, { bare, shown }) => {
      const signing = { ...op, context: { ...op.context, cookie } };
      switch (op.path) {
        case 'auth.login':
        case 'auth.register':
        case 'auth.refresh':
          return own.signIn(() => bare(signing), op.signal);
        case 'auth.logout':
          return own.signOut((held) => bare(leaving(op, held)), op.signal);
        case 'auth.resetPassword':
          return bare(op);
        case 'auth.switchRestaurant':
          return own.switchTo(() => shown(op));
        default:
          return shown(op);
      }
    },
  };
}

/** Shows all that names the session: the service takes the access token where the other is missing. */
function leaving(op: Op, { accessToken: token, refreshToken, cookie }: Leaving): Op {
  const isGiven = (op.input as { refreshToken?: string } | undefined)?.refreshToken !== undefined;
  const input = isGiven || refreshToken === undefined ? op.input : { refreshToken };
  return { ...op, input, context: { ...op.context, cookie, ...(token && { token }) } };
}
