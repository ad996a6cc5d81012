import type { Contract } from './contract.ts';

const WIDTH = 100;

/** `contract.json`: the whole contract, laid out so that a change is a few lines of a diff. */
export function snapshotText(contract: Contract): string {
  return `${laidOut('', contract, '')}\n`;
}

export function laidOut(indent: string, value: unknown, label: string): string {
  const line = indent + label + JSON.stringify(value, null, 1).replaceAll(/\n */g, ' ');
  if (line.length <= WIDTH || typeof value !== 'object' || value === null) return line;
  const isList = Array.isArray(value);
  const parts = Object.entries(value).map(([key, part]) =>
    laidOut(`${indent}  `, part, isList ? '' : `${JSON.stringify(key)}: `),
  );
  const [open, close] = isList ? ['[', ']'] : ['{', '}'];
  return `${indent}${label}${open}\n${parts.join(',\n')}\n${indent}${close}`;
}
