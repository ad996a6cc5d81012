import type { Procedure } from './contract.ts';
import { codesOf, type RefusalSet } from './refusal-sets.ts';
import { commentText, joined, quoted, typeText } from './type-text.ts';

/** The types of a call, in TypeScript's words. */
export interface CallTypes {
  type: Procedure['type'];
  input: string;
  output: string;
  refusals: string;
}

/** A call by its name, under a line that says what it does and who may make it. */
export function callText(
  procedure: Procedure,
  sets: RefusalSet[],
  print: (types: CallTypes) => string,
): (name: string) => string {
  const types = {
    type: procedure.type,
    input: inputText(procedure),
    output: typeText(procedure.output),
    refusals: refusalsText(procedure, sets),
  };
  const comment = commentText(`${procedure.summary} ${needs(procedure)}`);
  return (name) => `${comment}${name}: ${print(types)};`;
}

/** The name of a set; it holds the one before it. */
export function setText({ name, codes }: RefusalSet, place: number, sets: RefusalSet[]): string {
  const smaller = sets[place - 1];
  const more = codes.filter((code) => !smaller?.codes.includes(code)).map(quoted);
  return `type ${name} = ${joined([...more, ...(smaller ? [smaller.name] : [])])};`;
}

function refusalsText(procedure: Procedure, sets: RefusalSet[]): string {
  const codes = codesOf(procedure);
  const set = sets.findLast((one) => one.codes.every((code) => codes.includes(code)));
  const own = codes.filter((code) => !set?.codes.includes(code)).map(quoted);
  return joined([...own, ...(set ? [set.name] : [])]);
}

function inputText({ input, optional }: Procedure): string {
  if (!input) return 'void';
  return optional ? `${typeText(input)} | void` : typeText(input);
}

function needs({ access }: Procedure): string {
  if (access === 'anyone') return 'Open to anyone.';
  return access === 'signedIn' ? 'Needs a sign-in.' : `Needs \`${access}\`.`;
}
