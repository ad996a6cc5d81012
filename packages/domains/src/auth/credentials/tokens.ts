import { randomUUID } from 'node:crypto';
import { BoundedMap } from '@comanda/kernel/bounded-map';
import { after, SECOND } from '@comanda/kernel/time';
import { jwtVerify, SignJWT } from 'jose';
import { ALGORITHM, type KeyRing } from './keys.ts';

const TYPE = 'at+jwt';
const TOLERANCE_S = 5;
const MAX_LENGTH = 4_096;
const MAX_REMEMBERED = 10_000;

export interface AccessClaims {
  accountId: string;
  sessionId: string;
  /** The membership that is worn, as it was when the token was made: see `hatOf` in auth.actor.ts. */
  hat: string;
}

interface Verified extends AccessClaims {
  kid: string;
  expiresAt: Date;
}

export interface TokenTerms {
  issuer: string;
  audience: string;
  lifetimeMs: number;
}

/** Access tokens: signed, short-lived, checked for everything they are meant to say. */
export class AccessTokens {
  ring: KeyRing;
  readonly #terms: TokenTerms;
  /** A verification costs as much as a whole call, so its result is kept until the token expires. */
  readonly #remembered = new BoundedMap<string, Verified>(MAX_REMEMBERED);

  constructor(ring: KeyRing, terms: TokenTerms) {
    this.ring = ring;
    this.#terms = terms;
  }

  async issue(claims: AccessClaims, now: Date): Promise<{ token: string; expiresAt: Date }> {
    const { kid, key } = this.ring.signing(now);
    const { issuer, audience, lifetimeMs } = this.#terms;
    const expiresAt = after(now, lifetimeMs);
    const token = await new SignJWT({ sid: claims.sessionId, hat: claims.hat })
      .setProtectedHeader({ alg: ALGORITHM, typ: TYPE, kid })
      .setSubject(claims.accountId)
      .setIssuer(issuer)
      .setAudience(audience)
      .setJti(randomUUID())
      .setIssuedAt(now)
      .setExpirationTime(expiresAt)
      .sign(key);
    return { token, expiresAt };
  }

  /** Answers what a good token says; undefined for any other, whatever is wrong with it. */
  async read(token: string, now: Date): Promise<Verified | undefined> {
    if (token.length > MAX_LENGTH) return undefined;
    const known = this.#remembered.get(token);
    if (known) return isGood(known, now) && this.ring.verifying(known.kid, now) ? known : undefined;
    const verified = await this.#verify(token, now).catch(() => undefined);
    if (verified) this.#remembered.set(token, verified);
    return verified;
  }

  async #verify(token: string, now: Date): Promise<Verified | undefined> {
    const { issuer, audience, lifetimeMs } = this.#terms;
    const { payload, protectedHeader } = await jwtVerify(
      token,
      ({ kid }) => {
        const key = this.ring.verifying(kid, now);
        if (!key) throw new Error('unknown key');
        return key;
      },
      {
        algorithms: [ALGORITHM],
        typ: TYPE,
        issuer,
        audience,
        maxTokenAge: lifetimeMs / SECOND,
        clockTolerance: TOLERANCE_S,
        requiredClaims: ['sub', 'sid', 'hat', 'jti', 'iat', 'exp'],
        currentDate: now,
      },
    );
    const { sub, sid, hat, jti, exp, aud } = payload;
    if (typeof sub !== 'string' || typeof sid !== 'string' || typeof jti !== 'string')
      return undefined;
    if (typeof hat !== 'string' || typeof exp !== 'number' || typeof aud !== 'string')
      return undefined;
    const expiresAt = new Date(exp * SECOND);
    const kid = String(protectedHeader.kid);
    const verified = { accountId: sub, sessionId: sid, hat, kid, expiresAt };
    return isGood(verified, now) ? verified : undefined;
  }
}

function isGood({ expiresAt }: Verified, now: Date): boolean {
  return now < expiresAt;
}
