import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram } from '../finding.ts';

/** Paths of what was made. */
export interface Certificate {
  certificate: string;
  key: string;
}

const KIND = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
const DAYS = ['-days', '2'];

function openssl(args: string[]): void {
  const program = findProgram(['openssl'], undefined);
  if (program === null) throw new Error('openssl not found');
  execFileSync(program, args, { stdio: 'pipe' });
}

function pathsOf(folder: string, name: string): Certificate {
  return { certificate: join(folder, `${name}.pem`), key: join(folder, `${name}.key`) };
}

/** Somebody who issues certificates, and whom nobody knows. */
export function authority(folder: string, name: string): Certificate {
  const { certificate, key } = pathsOf(folder, name);
  openssl([
    'req',
    '-x509',
    ...KIND,
    ...DAYS,
    '-keyout',
    key,
    '-out',
    certificate,
    '-subj',
    `/CN=${name}`,
  ]);
  return { certificate, key };
}

/** Issued to that host by that authority. */
export function certificateOf(host: string, by: Certificate, folder: string): Certificate {
  const { certificate, key } = pathsOf(folder, host);
  const [asked, extensions] = [`${certificate}.asked`, `${certificate}.extensions`];
  writeFileSync(extensions, `subjectAltName=DNS:${host}`);
  openssl(['req', ...KIND, '-keyout', key, '-out', asked, '-subj', '/CN=of-a-test']);
  const issuer = ['-CA', by.certificate, '-CAkey', by.key, '-CAcreateserial'];
  openssl([
    'x509',
    '-req',
    ...DAYS,
    '-in',
    asked,
    '-out',
    certificate,
    ...issuer,
    '-extfile',
    extensions,
  ]);
  return { certificate, key };
}

export const textOf = ({ certificate }: Certificate): string => readFileSync(certificate, 'utf8');
