import { MAX_BATCH } from '@comanda/domains/telling';
import type { AnyTRPCProcedure, AnyTRPCRouter } from '@trpc/server';
import type { FastifyRequest } from 'fastify';

/** One call of a request. */
export interface AskedCall {
  path: string;
  procedure: AnyTRPCProcedure;
  batchIndex: number;
}

/** What a request asks. */
export interface Asked {
  calls: AskedCall[];
  isBatch: boolean;
  /** Of all calls at once, as soon as the first of them wants to know: one that cannot be read spoils them all. */
  inputs: () => readonly unknown[];
}

/**
 * Reads a request for queries or mutations. Answers nothing to whatever is out of the ordinary, a stream or
 * a mistake: tRPC's own handler knows what to say to that.
 */
export function askedOf(request: FastifyRequest, router: AnyTRPCRouter): Asked | undefined {
  const { path = '' } = request.params as { path?: string };
  const { batch, input, ...others } = request.query as Record<string, unknown>;
  const { method, headers } = request;
  const isBatch = batch === '1';
  const isPlain = !path.includes('%') && !('connectionParams' in others) && !Array.isArray(batch);
  if (!isPlain || wantsLines(headers)) return undefined;
  const paths = isBatch ? path.split(',') : [path];
  const calls = paths.length > MAX_BATCH ? [] : callsOf(paths, router, method);
  if (calls.length === 0) return undefined;
  const text = method === 'GET' ? input : request.body;
  const told = readable(text, isBatch);
  return told && { calls, isBatch, inputs: once(() => inputsOf(told, calls, router)) };
}

/** Nothing unless every one is there, may be asked so, and all are of one kind. */
function callsOf(paths: string[], router: AnyTRPCRouter, method: string): AskedCall[] {
  const procedures = router._def.procedures as Record<string, AnyTRPCProcedure>;
  const calls = paths.flatMap((path, batchIndex) => {
    const procedure = Object.hasOwn(procedures, path) ? procedures[path] : undefined;
    return procedure ? [{ path, procedure, batchIndex }] : [];
  });
  const kinds = new Set(calls.map(({ procedure }) => procedure._def.type));
  const [kind] = kinds;
  const fits =
    kind === 'query'
      ? method === 'GET' || method === 'POST'
      : kind === 'mutation' && method === 'POST';
  return calls.length === paths.length && kinds.size === 1 && fits ? calls : [];
}

/** Whoever wants answers one by one, as they come. */
export function wantsLines({ accept, 'trpc-accept': ours }: FastifyRequest['headers']): boolean {
  return ours !== undefined || (accept?.includes('application/jsonl') ?? false);
}

interface Told {
  json: unknown;
  isBatch: boolean;
}

function readable(text: unknown, isBatch: boolean): Told | undefined {
  if (text === undefined || text === null || text === '') return { json: undefined, isBatch };
  if (typeof text !== 'string') return undefined;
  try {
    const json: unknown = JSON.parse(text);
    const isObject = typeof json === 'object' && json !== null && !Array.isArray(json);
    return isBatch && !isObject ? undefined : { json, isBatch };
  } catch {
    return undefined;
  }
}

function inputsOf(
  { json, isBatch }: Told,
  calls: AskedCall[],
  { _def }: AnyTRPCRouter,
): readonly unknown[] {
  const { deserialize } = _def._config.transformer.input;
  if (json === undefined) return [];
  if (!isBatch) return [deserialize(json)];
  const told = json as Record<string, unknown>;
  return calls.map(({ batchIndex }) => {
    const input = told[batchIndex];
    return input === undefined ? undefined : (deserialize(input) as unknown);
  });
}

function once<Value>(make: () => Value): () => Value {
  let made: { value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}
