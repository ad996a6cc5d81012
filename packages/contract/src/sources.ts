import { readFileSync } from 'node:fs';
import { catalogue } from '@comanda/domains/errors';
import { appRouter } from '@comanda/domains/router';
import type { AnyRefusal } from '@comanda/kernel/errors';
import type { Contract } from './contract.ts';
import { namedSchemas } from './names.ts';
import { contractOf, type Served } from './read.ts';

const CLIENT = new URL('../../client/package.json', import.meta.url);

/** The contract of the service as its sources are now. */
export async function currentContract(): Promise<Contract> {
  const { version } = JSON.parse(readFileSync(CLIENT, 'utf8')) as { version: string };
  return contractOf({
    version: compatibilityOf(version),
    // By their whole names: that is how tRPC keeps them, though their type is a tree.
    procedures: appRouter._def.procedures as unknown as Record<string, Served>,
    refusals: Object.values(catalogue).flatMap((domain): AnyRefusal[] => Object.values(domain)),
    names: await namedSchemas(),
  });
}

/** The part of a version within which nothing breaks: `0.1` of 0.1.7, `1` of 1.4.2. */
function compatibilityOf(version: string): string {
  const [major = '', minor = ''] = version.split('.');
  return major === '0' ? `0.${minor}` : major;
}
