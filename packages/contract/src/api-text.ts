import { callText, type CallTypes, setText } from './call-text.ts';
import { type Contract, HEAD, type JsonSchema } from './contract.ts';
import { refusalSets } from './refusal-sets.ts';
import { treeText } from './tree-text.ts';
import { commentText, fieldTexts, typeText } from './type-text.ts';

/** `api.ts`: the calls of the service as plain interfaces. */
export function apiText(contract: Contract): string {
  const sets = refusalSets(contract);
  const calls = Object.entries(contract.procedures).map(
    ([path, one]) => [path, callText(one, sets, interfaceText)] as const,
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
  'Api RefusalDetails Always SignedIn Allowed Query Mutation Subscription Date Partial Record Routes Of StreamEvent AsyncIterable'.split(
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

const CALLS = { query: 'Query', mutation: 'Mutation', subscription: 'Subscription' } as const;

function interfaceText({ type, input, output, refusals }: CallTypes): string {
  return `${CALLS[type]}<${input}, ${output}, ${refusals}>`;
}
