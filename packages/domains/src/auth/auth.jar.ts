import { kernelErrors } from '@comanda/kernel/kernel.errors';
import type { Context } from '../context.ts';
import { authErrors } from './auth.errors.ts';
import type { SignedInView } from './auth.schema.ts';

/** What signing in comes to, before it is settled how the refresh token travels. */
export interface SignedIn extends SignedInView {
  refreshToken: string;
  /** When the refresh token ends, unless it is used before. */
  until: Date;
}

/** Lets nobody near a jar but the pages it is meant for: a browser opens it for any of them. */
export function fromOwnPage<Answer>(call: { ctx: Context; next: () => Answer }): Answer {
  if (call.ctx.jar?.open === false) throw authErrors.ORIGIN_DENIED();
  return call.next();
}

/** The refresh token goes into the jar, if there is one, and else into the answer: never into both. */
export function handedOver({ jar }: Context, signedIn: SignedIn): SignedInView {
  const { refreshToken, until, ...told } = signedIn;
  if (!jar) return { ...told, refreshToken };
  jar.keep(refreshToken, until);
  return told;
}

/** The refresh token that is shown; what the body says does not count beside a jar. */
export function shownRefreshToken(
  { jar }: Context,
  input: { refreshToken?: string | undefined } | undefined,
): string {
  const token = jar ? (jar.token ?? '') : input?.refreshToken;
  if (token !== undefined) return token;
  const issue = { path: 'refreshToken', message: 'needed where no cookie carries it' };
  throw kernelErrors.VALIDATION({ issues: [issue], more: 0 });
}
