import { callText, type CallTypes, setText } from './call-text.ts';
import { type Contract, HEAD } from './contract.ts';
import { refusalSets } from './refusal-sets.ts';
import { treeText } from './tree-text.ts';

const WIDTH = 100;

/**
 * `routes.ts`: the calls of the service as procedures of tRPC. Written out, for to compute them from
 * the plain interfaces costs the compiler of every user some 25 types for each procedure.
 */
export function routesText(contract: Contract): string {
  const sets = refusalSets(contract);
  const calls = Object.entries(contract.procedures).map(
    ([path, one]) => [path, callText(one, sets, procedureText)] as const,
  );
  const tree = treeText(new Map(calls));
  const code = tree.replaceAll(/\/\*\*.*\*\//g, '');
  const used = (name: string) => new RegExp(String.raw`\b${name}\b`).test(code);
  const kinds = Object.values(KINDS)
    .filter(used)
    .map((kind) => `TRPC${kind}Procedure as ${kind}`);
  const imports = [
    importText(kinds, '@trpc/server'),
    importText(['StreamEvent'].filter(used), '../calls.ts'),
    importText(Object.keys(contract.types).filter(used), './api.ts'),
    importText(['Of'], './router.ts'),
  ];
  const routes = `/** Every call of the service, as a procedure of tRPC. */\nexport type Routes = ${tree};\n`;
  return `${HEAD}${imports.join('')}\n${sets.map(setText).map(asItIs).join('\n')}\n\n${asItIs(routes)}`;
}

const KINDS = { mutation: 'Mutation', query: 'Query', subscription: 'Subscription' } as const;

function procedureText({ type, input, output, refusals }: CallTypes): string {
  const answered = type === 'subscription' ? `AsyncIterable<StreamEvent<${output}>>` : output;
  return `${KINDS[type]}<Of<${input}, ${answered}, ${refusals}>>`;
}

function importText(names: string[], from: string): string {
  if (names.length === 0) return '';
  return asItIs(`import type { ${names.join(', ')} } from '${from}';\n`);
}

/** Broken into short lines it would read no better. */
function asItIs(statement: string): string {
  const isWide = statement.split('\n').some((line) => line.length > WIDTH);
  return isWide ? `// oxfmt-ignore\n${statement}` : statement;
}
