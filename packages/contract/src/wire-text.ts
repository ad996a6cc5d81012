import { MAX_BATCH } from '@comanda/domains/telling';
import { type Contract, HEAD } from './contract.ts';
import { codesOf, type RefusalSet, refusalSets } from './refusal-sets.ts';
import { quoted } from './type-text.ts';

/** `!`, the letter of the first code; that of the next is the next character. */
const FIRST_LETTER = 33;

/** `wire.ts`: what the client has to know of the contract while it runs. */
export function wireText(contract: Contract): string {
  const { version, hash, procedures } = contract;
  const keyed = Object.keys(procedures).filter((name) => procedures[name]?.keyed);
  const codes = commonFirst(contract);
  return `${HEAD}
/** The contract that this client was built against: the version that has to fit, and which one it was. */
export const CONTRACT = ${quoted(`${version}.${hash}`)};

/** As many calls as the service takes in one request. */
export const MAX_BATCH = ${MAX_BATCH};

/** The calls that take an idempotency key. */
export const KEYED: readonly string[] = ${listText(keyed)};

/** The codes that a call can be refused with, those of most calls first; small letters compress better. */
const REFUSALS = ${listText(codes.map((code) => code.toLowerCase()))};

/**
 * A line for each folder. Before calls stands what they can be refused with: its first letter is
 * for all codes up to that one, any other for one code. The first code has the letter !.
 */
const CALLS = \`
${foldersOf(contract, codes)
  .join('\n')
  .replaceAll(/[\\`]|\$(?=\{)/g, '\\$&')}
\`;

/** Whether a code is a refusal of that call; of a call that is not known, any code that is. */
export function refuses(path: string | undefined, code: string): boolean {
  const place = REFUSALS.findIndex((one) => one.toUpperCase() === code);
  const letter = String.fromCharCode(${FIRST_LETTER} + place);
  for (const line of CALLS.split('\\n')) {
    const [folder, ...words] = line.split(' ');
    let letters = '';
    for (const word of words) {
      if (word < 'a') letters = word;
      else if (path === \`\${folder}.\${word}\`) {
        return place >= 0 && (letter < letters || letters.includes(letter));
      }
    }
  }
  return place >= 0;
}
`;
}

function commonFirst(contract: Contract): string[] {
  const shared = refusalSets(contract).flatMap(({ codes }) => codes);
  return [...new Set([...shared, ...Object.keys(contract.refusals)])];
}

function foldersOf(contract: Contract, codes: string[]): string[] {
  const sets = refusalSets(contract);
  const calls = Object.entries(contract.procedures).map(([path, procedure]) => {
    const [, folder, name] = /^(.+)\.([a-z]\w*)$/.exec(path) ?? [];
    if (!folder || !name) throw new Error(`${path} has to be a name in a folder`);
    return { folder, name, letters: lettersOf(codesOf(procedure), codes, sets) };
  });
  return [...Map.groupBy(calls, ({ folder }) => folder)].map(([folder, inside]) => {
    const alike = [...Map.groupBy(inside, ({ letters }) => letters)];
    const words = alike.flatMap(([letters, some]) => [letters, ...some.map(({ name }) => name)]);
    return [folder, ...words].join(' ');
  });
}

function lettersOf(own: string[], codes: string[], sets: RefusalSet[]): string {
  const set = sets.findLast((one) => one.codes.every((code) => own.includes(code)));
  const first = set?.codes.length ?? 0;
  const places = own.map((code) => codes.indexOf(code)).filter((place) => place >= first);
  const letters = [first - 1, ...places.toSorted((a, b) => a - b)];
  return String.fromCharCode(...letters.map((place) => FIRST_LETTER + place));
}

function listText(texts: string[]): string {
  return texts.length > 0 ? `[\n${texts.map((text) => `  ${quoted(text)},\n`).join('')}]` : '[]';
}
