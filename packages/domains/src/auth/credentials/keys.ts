import { createHash } from 'node:crypto';
import { DAY, MINUTE } from '@comanda/kernel/time';
import { type CryptoKey, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import { z } from 'zod';

/** One algorithm, here and nowhere else: a token that names another is refused. */
export const ALGORITHM = 'EdDSA';

const StoredKey = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string().length(43),
  d: z.string().length(43),
  kid: z.string().min(8).max(64),
  /** Signs from then on; others have read the file by that time. */
  from: z.iso.datetime(),
  /** No token signed with it is accepted from then on. */
  until: z.iso.datetime().optional(),
});
type StoredKey = z.infer<typeof StoredKey>;

const MAX_KEYS = 20;

/** The private key set, as AUTH_KEYS carries it. */
export const KeySet = z.object({ keys: z.array(StoredKey).min(1).max(MAX_KEYS) });
export type KeySet = z.infer<typeof KeySet>;

interface Key {
  stored: StoredKey;
  private: CryptoKey;
  public: CryptoKey;
}

/** The keys that sign and verify access tokens, each with its time. */
export class KeyRing {
  readonly #keys: Key[];

  private constructor(keys: Key[]) {
    this.#keys = keys;
  }

  static async from({ keys }: KeySet): Promise<KeyRing> {
    return new KeyRing(await Promise.all(keys.map(imported)));
  }

  /** The newest key whose time has come. */
  signing(now: Date): { kid: string; key: CryptoKey } {
    const ready = this.#keys.filter(
      ({ stored }) => new Date(stored.from) <= now && isLive(stored, now),
    );
    const [newest] = ready.toSorted((a, b) => b.stored.from.localeCompare(a.stored.from));
    if (!newest) throw new Error('No signing key is valid now: AUTH_KEYS needs one.');
    return { kid: newest.stored.kid, key: newest.private };
  }

  verifying(kid: unknown, now: Date): CryptoKey | undefined {
    return this.#keys.find(({ stored }) => stored.kid === kid && isLive(stored, now))?.public;
  }

  /** What others need to verify our tokens. */
  published(now: Date): { keys: JWK[] } {
    const live = this.#keys.filter(({ stored }) => isLive(stored, now));
    return { keys: live.map(({ stored }) => publicPart(stored)) };
  }
}

function isLive({ until }: StoredKey, now: Date): boolean {
  return until === undefined || now < new Date(until);
}

function publicPart({ kty, crv, x, kid }: StoredKey): JWK {
  return { kty, crv, x, kid, alg: ALGORITHM, use: 'sig' };
}

async function imported(stored: StoredKey): Promise<Key> {
  const { kty, crv, x, d } = stored;
  const [secret, open] = await Promise.all([
    importJWK({ kty, crv, x, d }, ALGORITHM),
    importJWK({ kty, crv, x }, ALGORITHM),
  ]);
  return { stored, private: secret, public: open };
}

export async function newKeySet(now: Date): Promise<KeySet> {
  return { keys: [await newKey(now)] };
}

interface Rotation {
  /** How long the keys of before are accepted once the new one signs. */
  overlapMs: number;
  /** Until then every server has to have read the set. */
  leadMs?: number;
}

/** Guest tokens are accepted that much longer than others, so keys are kept for them. */
const KEPT_AFTER_MS = 14 * DAY;

/** Adds a key that signs after `leadMs`, a minute if not said, and lets the others run out. What has ended long ago is left out. */
export async function rotated(
  { keys }: KeySet,
  now: Date,
  { overlapMs, leadMs = MINUTE }: Rotation,
): Promise<KeySet> {
  const from = new Date(now.getTime() + leadMs);
  const until = new Date(from.getTime() + overlapMs).toISOString();
  const longAgo = new Date(now.getTime() - KEPT_AFTER_MS);
  const kept = keys.filter((key) => isLive(key, longAgo)).slice(1 - MAX_KEYS);
  return { keys: [...kept.map((key) => ({ until, ...key })), await newKey(from)] };
}

async function newKey(from: Date): Promise<StoredKey> {
  const { privateKey } = await generateKeyPair(ALGORITHM, { crv: 'Ed25519', extractable: true });
  const { x, d } = (await exportJWK(privateKey)) as { x: string; d: string };
  const kid = createHash('sha256').update(x).digest('base64url').slice(0, 16);
  return { kty: 'OKP', crv: 'Ed25519', x, d, kid, from: from.toISOString() };
}
