import { CallError, fault } from '../errors.ts';
import type { Next, Op } from '../links/step.ts';
import { memorySession } from './memory-session.ts';
import { openSession } from './open-session.ts';
import type { Session } from './session.ts';
import type { SignedOut } from './signed-out.ts';
import type { SessionStore, Tokens } from './store.ts';
import type { SignedIn } from './tokens.ts';

export const MINUTE = 60_000;
/** How long a token of these tests lives. */
export const LIFE = 15 * MINUTE;

/** A sign-in or refresh as the service would answer it at that time; `of` names the session. */
export function signedIn(nth: number, at: number, of = 'session'): SignedIn {
  const claims = { iat: at / 1000, exp: (at + LIFE) / 1000, sid: of, jti: nth };
  return {
    accessToken: `e30.${btoa(JSON.stringify(claims))}.${of}${nth}`,
    refreshToken: `${of}${nth}`,
    expiresAt: new Date(at + LIFE),
  };
}

/** Tokens that ended a minute ago. */
export function expired(at: number): Tokens {
  const { accessToken, refreshToken = '' } = signedIn(0, at - LIFE - MINUTE);
  return { accessToken, refreshToken, renewAt: at - 2 * MINUTE, expiresAt: at - MINUTE };
}

export function refusal(reason: string, httpStatus = 401): CallError {
  const told = { data: { code: 'X', httpStatus, reason, details: {} } };
  return new CallError(`refused: ${reason}`, { reason, details: {}, told });
}

export const unreachable = () => fault('nobody there', { because: 'unreachable' });

export type Answer = () => SignedIn | Promise<SignedIn>;

/** A session before a service that answers refreshes by script; by itself it rotates as the real one. */
export function opened({
  kept,
  store = memorySession(),
}: { kept?: Tokens; store?: SessionStore } = {}) {
  const clock = { at: Date.parse('2026-06-01T12:00:00Z') };
  const asked: (string | undefined)[] = [];
  const whys: SignedOut[] = [];
  const script: Answer[] = [];
  if (kept) void store.write(kept);
  const session = openSession({
    store,
    now: () => clock.at,
    onSignedOut: (why) => whys.push(why),
    refresh: async (refreshToken) => {
      asked.push(refreshToken);
      return (script.shift() ?? (() => signedIn(asked.length, clock.at)))();
    },
  });
  return { session, store, clock, asked, whys, script };
}

export function op(path: string, input?: unknown): Op {
  return { id: 1, type: 'mutation', path, input, context: {}, signal: null };
}

/** Sends a call; what reached the service of it, and with a token or without. */
export function carried(session: Session, call: Op, answer: () => unknown = () => undefined) {
  const sent: { how: 'bare' | 'shown'; op: Op }[] = [];
  const by =
    (how: 'bare' | 'shown'): Next =>
    async (passed) => {
      sent.push({ how, op: passed });
      return answer();
    };
  const outcome = session.carry?.(call, { bare: by('bare'), shown: by('shown') });
  return { sent, outcome: outcome ?? Promise.reject(new Error('not carried')) };
}

/** A refresh that has been sent, and is answered when the test says so. */
export async function underWay(from: ReturnType<typeof opened>) {
  const [sent, answered] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  from.script.push(async () => {
    sent.resolve();
    await answered.promise;
    return signedIn(1, from.clock.at);
  });
  const token = from.session.token();
  await sent.promise;
  return { token, end: answered.resolve };
}
