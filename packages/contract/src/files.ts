import { apiText } from './api-text.ts';
import { type Contract, HEAD } from './contract.ts';
import { routesText } from './routes-text.ts';
import { openApiOf } from './rest/document.ts';
import { laidOut, snapshotText } from './snapshot-text.ts';
import { wireText } from './wire-text.ts';

const FOLDER = 'packages/client/src/contract';
export const SNAPSHOT = `${FOLDER}/contract.json`;

/** What is made from a contract, by its path from the root of the repository. */
export function filesOf(contract: Contract): Record<string, string> {
  return {
    [SNAPSHOT]: snapshotText(contract),
    'apps/server/src/rest/openapi.json': openApiText(contract),
    [`${FOLDER}/api.ts`]: apiText(contract),
    [`${FOLDER}/routes.ts`]: routesText(contract),
    [`${FOLDER}/wire.ts`]: wireText(contract),
    'packages/domains/src/contract.ts': serverText(contract),
  };
}

function serverText({ version, hash }: Contract): string {
  return `${HEAD}
/** What clients are built against: the version says whether they still fit, the hash which one it is. */
export const CONTRACT = { version: '${version}', hash: '${hash}' };
`;
}

function openApiText(contract: Contract): string {
  return `${laidOut('', openApiOf(contract), '')}\n`;
}
