import superjson, { type SuperJSONResult } from 'superjson';
import { kernelErrors } from './kernel.errors.ts';

/** What may be annotated in an input; superjson knows more kinds, and some of them reserve memory at will. */
const ACCEPTED = new Set(['Date', 'undefined', 'bigint']);
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);
const MAX_ANNOTATIONS = 1_000;
const MAX_DEPTH = 20;
const BIGINT = /^-?\d{1,40}$/;

type Annotation = { path: string[]; kind: string };

/** superjson's format both ways; inbound it is narrowed before superjson sees it. */
export const wire = {
  input: {
    serialize: (value: unknown): SuperJSONResult => superjson.serialize(value),
    deserialize: (received: unknown): unknown => receive(received),
  },
  output: superjson,
};

function receive(received: unknown): unknown {
  if (received === undefined) return undefined;
  if (!isRecord(received)) throw malformed('the input is not wrapped in { json, meta }');
  refuseDeep(received['json'], 0);
  const meta = received['meta'];
  if (meta === undefined || meta === null) return received['json'];
  if (!isRecord(meta)) throw malformed('meta is not an object');
  if ('referentialEqualities' in meta) throw malformed('shared references are not accepted');
  for (const { path, kind } of annotations(meta['values'])) check(received['json'], path, kind);
  return superjson.deserialize(received as unknown as SuperJSONResult);
}

/** Reads superjson's tree of annotations: `["Date"]`, or `{ path: ["Date"] }`. */
function annotations(tree: unknown): Annotation[] {
  if (tree === undefined) return [];
  const found: Annotation[] = [];
  const walk = (node: unknown, path: string[]): void => {
    if (found.length >= MAX_ANNOTATIONS || path.length > MAX_DEPTH)
      throw malformed('too much meta');
    if (Array.isArray(node) && typeof node[0] === 'string' && node.length === 1) {
      found.push({ path, kind: node[0] });
      return;
    }
    if (!isRecord(node)) throw malformed('an annotation is of an unknown shape');
    for (const [key, child] of Object.entries(node)) walk(child, [...path, ...segments(key)]);
  };
  walk(tree, []);
  const places = new Set(found.map(({ path }) => path.join('.')));
  if (places.size < found.length) throw malformed('a value is annotated twice');
  return found;
}

function segments(key: string): string[] {
  if (key.includes('\\')) throw malformed('an escaped path is not accepted');
  const parts = key.split('.');
  if (parts.some((part) => FORBIDDEN_KEYS.has(part))) throw malformed('a path is not accepted');
  return parts;
}

function check(json: unknown, path: string[], kind: string): void {
  if (!ACCEPTED.has(kind)) throw malformed(`only Date, undefined and bigint may be annotated`);
  let value = json;
  for (const part of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) {
      throw malformed('an annotation names no value');
    }
    value = (value as Record<string, unknown>)[part];
  }
  const fits =
    kind === 'undefined'
      ? value === null
      : typeof value === 'string' &&
        (kind === 'bigint' ? BIGINT.test(value) : !Number.isNaN(Date.parse(value)));
  if (!fits) throw malformed(`a value is no ${kind}`);
}

function refuseDeep(value: unknown, depth: number): void {
  if (typeof value !== 'object' || value === null) return;
  if (depth >= MAX_DEPTH) throw malformed('the input is nested too deeply');
  for (const key of Object.keys(value)) {
    if (FORBIDDEN_KEYS.has(key)) throw malformed('a key is not accepted');
    refuseDeep((value as Record<string, unknown>)[key], depth + 1);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function malformed(message: string) {
  return kernelErrors.VALIDATION({ issues: [{ path: '', message }], more: 0 });
}
