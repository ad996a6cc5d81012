import { BoundedMap } from '@comanda/kernel/bounded-map';
import { newId } from '@comanda/kernel/id';
import { after, DAY, SECOND } from '@comanda/kernel/time';
import { jwtVerify, SignJWT } from 'jose';
import { ALGORITHM, type KeyRing } from './keys.ts';

const TYPE = 'guest+jwt';
const TOLERANCE_S = 5;
const MAX_LENGTH = 1_024;
const MAX_REMEMBERED = 10_000;
/** As long as a cart is kept that nobody touches. */
export const GUEST_TOKEN_MS = 14 * DAY;

/** Somebody who has not signed in, and is known again. */
export interface Guest {
  readonly id: string;
  readonly expiresAt: Date;
}

interface Verified extends Guest {
  kid: string;
}

interface Parts {
  /** Asked for at every use, because keys are rotated while the server runs. */
  ring: () => KeyRing;
  issuer: string;
}

/** Guest tokens: signed, so that a visitor costs no row before they choose something. */
export class GuestTokens {
  readonly #parts: Parts;
  readonly #remembered = new BoundedMap<string, Verified>(MAX_REMEMBERED);

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** A token for a new guest, or a later one for the same. */
  async issue(now: Date, guestId: string = newId()): Promise<{ token: string; guestId: string }> {
    const { ring, issuer } = this.#parts;
    const { kid, key } = ring().signing(now);
    const token = await new SignJWT({})
      .setProtectedHeader({ alg: ALGORITHM, typ: TYPE, kid })
      .setSubject(guestId)
      .setIssuer(issuer)
      .setIssuedAt(now)
      .setExpirationTime(after(now, GUEST_TOKEN_MS))
      .sign(key);
    return { token, guestId };
  }

  /** Whose token it is; undefined for one that is not good, whatever is wrong with it. */
  async read(token: string, now: Date): Promise<Guest | undefined> {
    if (token.length > MAX_LENGTH) return undefined;
    const known = this.#remembered.get(token);
    if (known) return now < known.expiresAt && this.#key(known.kid, now) ? known : undefined;
    const guest = await this.#verify(token, now).catch(() => undefined);
    if (guest) this.#remembered.set(token, guest);
    return guest;
  }

  /** A guest has no other way back to their cart: keys count for them a while longer. */
  #key(kid: unknown, now: Date) {
    return this.#parts.ring().verifying(kid, new Date(now.getTime() - GUEST_TOKEN_MS));
  }

  async #verify(token: string, now: Date): Promise<Verified | undefined> {
    const { payload, protectedHeader } = await jwtVerify(
      token,
      ({ kid }) => {
        const key = this.#key(kid, now);
        if (!key) throw new Error('unknown key');
        return key;
      },
      {
        algorithms: [ALGORITHM],
        typ: TYPE,
        issuer: this.#parts.issuer,
        maxTokenAge: GUEST_TOKEN_MS / SECOND,
        clockTolerance: TOLERANCE_S,
        requiredClaims: ['sub', 'iat', 'exp'],
        currentDate: now,
      },
    );
    const { sub, exp } = payload;
    if (typeof sub !== 'string' || typeof exp !== 'number') return undefined;
    const expiresAt = new Date(exp * SECOND);
    if (now >= expiresAt) return undefined;
    return { id: sub, expiresAt, kid: String(protectedHeader.kid) };
  }
}
