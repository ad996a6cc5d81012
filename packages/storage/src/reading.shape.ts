import { isNothing, Slot } from './reading.slot.ts';

/** A query without its values: what its text depends on. */
export type Shape =
  | { is: 'value' }
  | { is: 'values'; count: number }
  | { is: 'constant'; constant: unknown }
  | { is: 'list'; parts: readonly Shape[] }
  | { is: 'node'; names: readonly string[]; parts: readonly Shape[] };

const VALUE: Shape = { is: 'value' };

/** The shape of a query, the query with slots where its values are, and they in the order of the slots. */
export function shapeOf<Found>(found: Found): {
  shape: Shape;
  slotted: Found;
  values: unknown[];
} {
  const values: unknown[] = [];
  const taken = (one: unknown): [Shape, unknown] => {
    if (Array.isArray(one)) {
      const all = one.map(taken);
      return [{ is: 'list', parts: all.map(([part]) => part) }, all.map(([, kept]) => kept)];
    }
    if (!isPlain(one)) return [{ is: 'constant', constant: one }, one];
    if (isValue(one)) return [VALUE, { ...one, value: new Slot(values.push(one.value) - 1) }];
    if (isValues(one)) {
      const slots = one.values.map((value) => new Slot(values.push(value) - 1));
      return [
        { is: 'values', count: slots.length },
        { ...one, values: slots },
      ];
    }
    const names = Object.keys(one);
    const all = names.map((name) => taken(one[name]));
    const kept = Object.fromEntries(names.map((name, at) => [name, all[at]?.[1]]));
    return [{ is: 'node', names, parts: all.map(([part]) => part) }, kept];
  };
  const [shape, slotted] = taken(found);
  return { shape, slotted: slotted as Found, values };
}

/** Whether a query is of a shape; its values are added in the order of the slots. */
export function fits(shape: Shape, found: unknown, values: unknown[]): boolean {
  switch (shape.is) {
    case 'constant':
      return found === shape.constant;
    case 'value':
      return isPlain(found) && isValue(found) && values.push(found.value) > 0;
    case 'values':
      if (!isPlain(found) || !isValues(found) || found.values.length !== shape.count) return false;
      values.push(...found.values);
      return true;
    case 'list':
      return Array.isArray(found) && fitsAll(shape.parts, found, values);
    case 'node':
      return isPlain(found) && fitsNode(shape, found, values);
  }
}

function fitsAll(parts: readonly Shape[], found: unknown[], values: unknown[]): boolean {
  if (parts.length !== found.length) return false;
  let at = 0;
  for (const part of parts) if (!fits(part, found[at++], values)) return false;
  return true;
}

type Plain = Record<string, unknown>;
type Node = Extract<Shape, { is: 'node' }>;

function fitsNode({ names, parts }: Node, found: Plain, values: unknown[]): boolean {
  let at = 0;
  for (const name in found) {
    const part = parts[at];
    if (part === undefined || names[at] !== name || !fits(part, found[name], values)) return false;
    at += 1;
  }
  return at === names.length;
}

function isPlain(found: unknown): found is Plain {
  return typeof found === 'object' && found !== null && isOfLiteral(found);
}

function isOfLiteral(found: object): boolean {
  return Object.getPrototypeOf(found) === Object.prototype;
}

/** A null is written otherwise than a value is, and an immediate value is in the text. */
function isValue(node: Plain): node is Plain & { value: unknown } {
  return node['kind'] === 'ValueNode' && node['immediate'] !== true && !isNothing(node['value']);
}

function isValues(node: Plain): node is Plain & { values: readonly unknown[] } {
  const { values } = node;
  return node['kind'] === 'PrimitiveValueListNode' && Array.isArray(values) && isFull(values);
}

function isFull(values: readonly unknown[]): boolean {
  for (const value of values) if (isNothing(value)) return false;
  return true;
}
