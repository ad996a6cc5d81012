import { createHmac, createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { KeyRing, newKeySet } from '@comanda/domains/auth/credentials/keys';
import { readRefreshToken } from '@comanda/domains/auth/credentials/refresh-tokens';
import type { TestApp } from '@comanda/testing';

type Part = Record<string, unknown>;
type Sign = (data: string) => string;

/** Writes tokens by hand, with the service's own key where a forger could not: only one thing is wrong. */
export interface Forger {
  header: Part;
  claims: Part;
  now: number;
  /** Signed with the key that the service trusts. */
  token(header?: Part, claims?: Part): string;
  /** Signed in another way, or not at all. */
  signedBy(by: Sign, header?: Part): string;
  /** The public half of the trusted key, which everybody knows. */
  publicKey: string;
}

export async function openForger(app: TestApp): Promise<Forger> {
  const keys = await newKeySet(new Date(0));
  const [{ kid, kty, crv, x, d }] = keys.keys as [(typeof keys.keys)[number]];
  app.house.tokens.ring = await KeyRing.from(keys);
  const { accessToken, refreshToken } = await app.session('waiter');
  const [, payload = ''] = accessToken.split('.');
  const { hat } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { hat: string };
  const now = Math.floor(app.clock.now().getTime() / 1000);
  const header = { alg: 'EdDSA', typ: 'at+jwt', kid };
  const claims = {
    sub: app.home.staff.waiter.id,
    sid: readRefreshToken(refreshToken)?.sessionId,
    hat,
    jti: 'forged',
    iss: 'comanda-test',
    aud: 'comanda',
    iat: now,
    exp: now + 900,
  };
  const key = createPrivateKey({ key: { kty, crv, x, d }, format: 'jwk' });
  const trusted: Sign = (data) => sign(null, Buffer.from(data), key).toString('base64url');
  return {
    header,
    claims,
    now,
    publicKey: x,
    token: (changed = {}, said = {}) =>
      written({ ...header, ...changed }, { ...claims, ...said }, trusted),
    signedBy: (by, changed = {}) => written({ ...header, ...changed }, claims, by),
  };
}

function written(header: Part, claims: Part, by: Sign): string {
  const encoded = [header, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  );
  const data = encoded.join('.');
  return `${data}.${by(data)}`;
}

const stranger = generateKeyPairSync('ed25519');
const rsa = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const nothing: Sign = () => '';
const byStranger: Sign = (data) =>
  sign(null, Buffer.from(data), stranger.privateKey).toString('base64url');
const byRsa: Sign = (data) =>
  sign('sha256', Buffer.from(data), rsa.privateKey).toString('base64url');
const byEc: Sign = (data) =>
  sign('sha256', Buffer.from(data), { key: ec.privateKey, dsaEncoding: 'ieee-p1363' }).toString(
    'base64url',
  );
const hmac =
  (hash: string, secret: string | Buffer): Sign =>
  (data) =>
    createHmac(hash, secret).update(data).digest('base64url');
const publicJwk = stranger.publicKey.export({ format: 'jwk' });

/** What a token may pretend; each is wrong in one thing. */
export const FORGERIES: [string, (forger: Forger) => string][] = [
  ['no signature, alg none', (f) => f.signedBy(nothing, { alg: 'none' })],
  ['no signature, alg None', (f) => f.signedBy(nothing, { alg: 'None' })],
  ['no signature, the right alg', (f) => f.signedBy(nothing)],
  [
    'the public key as a secret, HS256',
    (f) => f.signedBy(hmac('sha256', f.publicKey), { alg: 'HS256' }),
  ],
  [
    'the bytes of the public key as a secret, HS512',
    (f) => f.signedBy(hmac('sha512', Buffer.from(f.publicKey, 'base64url')), { alg: 'HS512' }),
  ],
  ['an empty secret, HS256', (f) => f.signedBy(hmac('sha256', ''), { alg: 'HS256' })],
  ['RS256', (f) => f.signedBy(byRsa, { alg: 'RS256' })],
  ['ES256', (f) => f.signedBy(byEc, { alg: 'ES256' })],
  ['the right key under another name of its algorithm', (f) => f.token({ alg: 'Ed25519' })],
  ['alg in small letters', (f) => f.token({ alg: 'eddsa' })],
  ['no alg', (f) => f.token({ alg: undefined })],
  ['a stranger’s key under our kid', (f) => f.signedBy(byStranger)],
  ['a stranger’s key sent along as jwk', (f) => f.signedBy(byStranger, { jwk: publicJwk })],
  [
    'a stranger’s key sent along as jwk, no kid',
    (f) => f.signedBy(byStranger, { jwk: publicJwk, kid: undefined }),
  ],
  [
    'a key to be fetched',
    (f) => f.signedBy(byStranger, { jku: 'http://127.0.0.1/keys', kid: 'x' }),
  ],
  ['a certificate sent along', (f) => f.signedBy(byStranger, { x5c: ['AAAA'], kid: 'x' })],
  ['an unknown crit', (f) => f.token({ crit: ['level'], level: 1 })],
  ['crit b64', (f) => f.token({ crit: ['b64'], b64: false })],
  ['an unknown kid', (f) => f.token({ kid: 'unknown-key' })],
  ['a kid that is a path', (f) => f.token({ kid: '../../../../dev/null' })],
  ['a kid that is SQL', (f) => f.token({ kid: "' or '1'='1" })],
  ['a kid that is a list', (f) => f.token({ kid: [f.header['kid']] })],
  ['a kid that is a prototype key', (f) => f.token({ kid: '__proto__' })],
  ['no kid', (f) => f.token({ kid: undefined })],
  ['typ JWT', (f) => f.token({ typ: 'JWT' })],
  ['no typ', (f) => f.token({ typ: undefined })],
  ['another issuer', (f) => f.token({}, { iss: 'comanda' })],
  ['no issuer', (f) => f.token({}, { iss: undefined })],
  ['another audience', (f) => f.token({}, { aud: 'elsewhere' })],
  ['two audiences', (f) => f.token({}, { aud: ['comanda', 'elsewhere'] })],
  ['no audience', (f) => f.token({}, { aud: undefined })],
  ['no subject', (f) => f.token({}, { sub: undefined })],
  ['a subject that is an object', (f) => f.token({}, { sub: { id: f.claims['sub'] } })],
  ['no session', (f) => f.token({}, { sid: undefined })],
  ['a session that is an object', (f) => f.token({}, { sid: { $ne: '' } })],
  ['no hat', (f) => f.token({}, { hat: undefined })],
  ['a hat that is a number', (f) => f.token({}, { hat: 1 })],
  ['no id of its own', (f) => f.token({}, { jti: undefined })],
  ['an id that is a number', (f) => f.token({}, { jti: 1 })],
  ['no time of issue', (f) => f.token({}, { iat: undefined })],
  ['issued in the future', (f) => f.token({}, { iat: f.now + 60 })],
  ['issued longer ago than a token lives', (f) => f.token({}, { iat: f.now - 906 })],
  ['issued at a text', (f) => f.token({}, { iat: String(f.now) })],
  ['no end', (f) => f.token({}, { exp: undefined })],
  ['an end in quotes', (f) => f.token({}, { exp: String(f.now + 900) })],
  ['ended', (f) => f.token({}, { exp: f.now - 6 })],
  ['not valid before later', (f) => f.token({}, { nbf: f.now + 60 })],
  ['too long', (f) => f.token({}, { pad: 'x'.repeat(4_096) })],
  [
    'a changed payload',
    (f) =>
      f
        .token()
        .replace(
          /\.[^.]+/,
          f.token({}, { hat: '' }).slice(f.token().indexOf('.'), f.token().lastIndexOf('.')),
        ),
  ],
  ['a cut signature', (f) => f.token().slice(0, -4)],
  ['a signature of zeros', (f) => f.signedBy(() => 'A'.repeat(86))],
  ['two signatures', (f) => `${f.token()}.${f.token().split('.')[2]}`],
  ['a header that is no JSON', (f) => f.token().replace(/^[^.]+/, 'bm90IGpzb24')],
];
