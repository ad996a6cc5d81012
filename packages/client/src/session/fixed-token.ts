import { unlessAborted } from '../links/waiting.ts';
import type { Session } from './session.ts';

type Token = string | undefined;

/** Shows a device pass, or a token that somebody else looks after. */
export function fixedToken(token: Token | (() => Token | Promise<Token>)): Session {
  const ask = async () => (typeof token === 'function' ? token() : token) || undefined;
  return {
    token: (signal) => unlessAborted(signal, ask()),
    renew: async (refused, signal) => {
      const other = await unlessAborted(signal, ask());
      return other === refused ? undefined : other;
    },
  };
}
