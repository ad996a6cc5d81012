import { MAX_BATCH } from '@comanda/domains/telling';
import { type Contract, HEAD } from './contract.ts';
import { codesOf, refusalSets } from './refusal-sets.ts';
import { quoted } from './type-text.ts';

/** `wire.ts`: what the client has to know of the contract while it runs. */
export function wireText(contract: Contract): string {
  const { version, hash, procedures } = contract;
  const keyed = Object.keys(procedures).filter((name) => procedures[name]?.keyed);
  return `${HEAD}
/** The contract that this client was built against: the version that has to fit, and which one it was. */
export const CONTRACT = ${quoted(`${version}.${hash}`)};

/** As many calls as the service takes in one request. */
export const MAX_BATCH = ${MAX_BATCH};

/** The calls that take an idempotency key. */
export const KEYED: readonly string[] = ${listText(keyed.map(quoted))};

/** The codes that a call can be refused with: those of most calls first. */
const REFUSALS: readonly string[] = ${listText(commonFirst(contract).map(quoted))};

/** Of each call: how many codes from the first, and the places of its own. */
const OWN = new Map<string | undefined, readonly number[]>(
  Object.entries({
${placesText(contract)}  }),
);

/** Whether a code is a refusal of that call; of a call that is not known, any code that is. */
export function refuses(path: string | undefined, code: string): boolean {
  const [first = REFUSALS.length, ...own] = OWN.get(path) ?? [];
  const place = REFUSALS.indexOf(code);
  return place >= 0 && (place < first || own.includes(place));
}
`;
}

function commonFirst(contract: Contract): string[] {
  const shared = refusalSets(contract).flatMap(({ codes }) => codes);
  return [...new Set([...shared, ...Object.keys(contract.refusals)])];
}

function placesText(contract: Contract): string {
  const [all, sets] = [commonFirst(contract), refusalSets(contract)];
  const lines = Object.entries(contract.procedures).map(([path, procedure]) => {
    const codes = codesOf(procedure);
    const set = sets.findLast((one) => one.codes.every((code) => codes.includes(code)));
    const first = set?.codes.length ?? 0;
    const own = codes.map((code) => all.indexOf(code)).filter((place) => place >= first);
    return `    ${quoted(path)}: [${[first, ...own.toSorted((a, b) => a - b)].join(', ')}],\n`;
  });
  return lines.join('');
}

function listText(texts: string[]): string {
  return texts.length > 0 ? `[\n${texts.map((text) => `  ${text},\n`).join('')}]` : '[]';
}
