import { type Contract, HEAD, type JsonSchema, type Procedure } from './contract.ts';
import { codesOf, type RefusalSet, refusalSets } from './refusal-sets.ts';
import { treeText } from './tree-text.ts';
import { commentText, fieldTexts, joined, quoted, typeText } from './type-text.ts';

/** `api.ts`: the calls of the service as plain interfaces. */
export function apiText(contract: Contract): string {
  const sets = refusalSets(contract);
  const calls = Object.entries(contract.procedures).map(
    ([path, one]) => [path, (name: string) => callText(name, one, sets)] as const,
  );
  const kinds = [...new Set(Object.values(contract.procedures).map(({ type }) => CALLS[type]))];
  return `${[
    `${HEAD}import type { ${kinds.toSorted().join(', ')} } from '../calls.ts';`,
    ...Object.entries(contract.types).map(([name, schema]) => namedText(contract, name, schema)),
    detailsText(contract),
    sets.map(setText).join('\n'),
    `/** Every call of the service. */\nexport interface Api ${treeText(new Map(calls))}`,
  ].join('\n\n')}\n`;
}

const WORDS = new Set(
  'Api RefusalDetails Always SignedIn Allowed Query Mutation Subscription Date Partial Record'.split(
    ' ',
  ),
);

function namedText(contract: Contract, name: string, schema: JsonSchema): string {
  if (WORDS.has(name)) throw new Error(`${name} means something else here: name the schema anew`);
  const fields = schema.additionalProperties ? [] : fieldTexts(schema);
  const body =
    fields.length > 0
      ? `interface ${name} ${blockText(fields)}`
      : `type ${name} = ${typeText(schema)};`;
  return `${commentText(schema.description ?? placeOf(contract, name))}export ${body}`;
}

/** Where a call takes or answers it; the first two say enough. */
function placeOf({ procedures }: Contract, name: string): string {
  const using = (part: 'input' | 'output') =>
    Object.keys(procedures).filter((path) => procedures[path]?.[part]?.$ref?.endsWith(`/${name}`));
  const told = (verb: string, paths: string[]) =>
    paths.length > 0
      ? [
          `${verb} by ${paths
            .slice(0, 2)
            .map((path) => `\`${path}\``)
            .join(', ')}${paths.length > 2 ? ' …' : '.'}`,
        ]
      : [];
  const places = [...told('Taken', using('input')), ...told('Answered', using('output'))];
  return places.join(' ') || 'A part of others.';
}

function detailsText({ refusals }: Contract): string {
  const fields = Object.entries(refusals).map(
    ([code, { details }]) => `${code}: ${details ? typeText(details) : '{}'}`,
  );
  return `/** What each refusal tells besides its code. */\nexport interface RefusalDetails ${blockText(fields)}`;
}

function blockText(fields: string[]): string {
  return `{\n${fields.map((field) => `  ${field};\n`).join('')}}`;
}

function setText({ name, codes }: RefusalSet, place: number, sets: RefusalSet[]): string {
  const smaller = sets[place - 1];
  const more = codes.filter((code) => !smaller?.codes.includes(code)).map(quoted);
  return `type ${name} = ${joined([...more, ...(smaller ? [smaller.name] : [])])};`;
}

const CALLS = { query: 'Query', mutation: 'Mutation', subscription: 'Subscription' } as const;

function callText(name: string, procedure: Procedure, sets: RefusalSet[]): string {
  const codes = codesOf(procedure);
  const set = sets.findLast((one) => one.codes.every((code) => codes.includes(code)));
  const own = codes.filter((code) => !set?.codes.includes(code)).map(quoted);
  const refusals = joined([...own, ...(set ? [set.name] : [])]);
  const types = [inputText(procedure), typeText(procedure.output), refusals].join(', ');
  const comment = commentText(`${procedure.summary} ${needs(procedure)}`);
  return `${comment}${name}: ${CALLS[procedure.type]}<${types}>;`;
}

function inputText({ input, optional }: Procedure): string {
  if (!input) return 'void';
  return optional ? `${typeText(input)} | void` : typeText(input);
}

function needs({ access }: Procedure): string {
  if (access === 'anyone') return 'Open to anyone.';
  return access === 'signedIn' ? 'Needs a sign-in.' : `Needs \`${access}\`.`;
}
