import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { fileOf, type Tls } from '@comanda/storage/connect';

/** In the words of MySQL's ssl-mode. */
export const TLS_MODES = ['off', 'required', 'verify-ca', 'verify-identity'] as const;
type Mode = (typeof TLS_MODES)[number];

interface Asked {
  mode: Mode;
  caFile: string | undefined;
  databaseUrl: string;
}

/** What DATABASE_TLS and DATABASE_CA_FILE ask for; undefined for a connection that is not encrypted. */
export function databaseTls({ mode, caFile, databaseUrl }: Asked, problems: string[]) {
  const verify = VERIFIED[mode];
  if (caFile !== undefined && verify !== 'issuer' && verify !== 'identity') {
    problems.push(
      'DATABASE_CA_FILE is looked at where DATABASE_TLS is verify-ca or verify-identity.',
    );
  }
  if (verify === undefined) return undefined;
  if (fileOf(databaseUrl) !== undefined) {
    problems.push('DATABASE_TLS is for a database server, and DATABASE_URL names none.');
    return undefined;
  }
  // The driver would look for another name in the certificate.
  if (verify === 'identity' && isIP(hostOf(databaseUrl)) !== 0) {
    problems.push(
      'DATABASE_TLS: verify-identity needs a host name in DATABASE_URL, not an address.',
    );
  }
  const isLookedAt = caFile !== undefined && verify !== 'nothing';
  const ca = isLookedAt ? authoritiesIn(caFile, problems) : undefined;
  return { verify, ...(ca !== undefined && { ca }) };
}

const VERIFIED: Record<Mode, Tls['verify'] | undefined> = {
  off: undefined,
  required: 'nothing',
  'verify-ca': 'issuer',
  'verify-identity': 'identity',
};

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname.replaceAll(/[[\]]/g, '') : '';
}

function authoritiesIn(file: string, problems: string[]): string | undefined {
  try {
    const text = readFileSync(file, 'utf8');
    void new X509Certificate(text); // throws unless it holds one
    return text;
  } catch {
    problems.push('DATABASE_CA_FILE names a file that cannot be read, or holds no certificate.');
    return undefined;
  }
}
