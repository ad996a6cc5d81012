import { DomainError } from '@comanda/kernel/errors';
import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { wire } from '@comanda/kernel/wire';
import type { FastifyRequest } from 'fastify';
import { type Fields, fromJson, fromText } from './fields.ts';
import type { Operation } from './operations.ts';

type Said = Record<string, unknown>;

interface Asked {
  request: FastifyRequest;
  /** What stands in the path. */
  params: Record<string, string>;
}

interface Read {
  /** Undefined where nothing was said. */
  input: unknown;
  /** Why it could not be read: told once the guard has let the caller in. */
  refused?: DomainError;
}

/** No procedure takes it. */
const UNREADABLE = Symbol('unreadable');

/** What a request says, as the input of the procedure. */
export function inputOf(operation: Operation, types: Fields, asked: Asked): Read {
  try {
    return { input: saidIn(operation, types, asked) };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { input: UNREADABLE, refused: error };
  }
}

function saidIn(operation: Operation, types: Fields, { request, params }: Asked): unknown {
  const { headers } = request;
  const inPath = textsIn(params, operation.inPath, types);
  const body = bodyOf(operation, types, request);
  const isAsked = operation.method === 'GET' || operation.method === 'DELETE';
  if (isAsked && Object.keys(body).length > 0) throw refusedAt('', 'this call takes no body');
  const rest = isAsked ? textsIn(request.query as Said, operation.inQuery, types) : body;
  const key = headers['idempotency-key'];
  const last = headers['last-event-id'];
  const inHead = {
    ...(operation.isKeyed && key !== undefined && { idempotencyKey: unquoted(String(key)) }),
    ...(operation.isStream && last !== undefined && { lastEventId: String(last) }),
    ...versionIn(operation, headers['if-match']),
  };
  refuseTwice(rest, { ...inPath, ...inHead });
  const input = { ...rest, ...inPath, ...inHead };
  return takesNothing(operation) && Object.keys(input).length === 0 ? undefined : input;
}

function takesNothing({ inPath, inQuery, body, isKeyed }: Operation): boolean {
  return !isKeyed && body === null && Object.keys({ ...inPath, ...inQuery }).length === 0;
}

/** A name that nothing is known of goes on as it is: the procedure says that it does not know it. */
function textsIn(texts: Said, fields: Fields, types: Fields): Said {
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => {
      const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
      return [name, field ? fromText(text as string, field, types) : text];
    }),
  );
}

function bodyOf({ body: field }: Operation, types: Fields, { body }: FastifyRequest): Said {
  if (typeof body !== 'string' || body === '') return {};
  const json = wire.input.deserialize({ json: parsed(body) });
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw refusedAt('', 'the body is no object');
  }
  return (field ? fromJson(json, field, types) : json) as Said;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw refusedAt('', 'the body is no JSON');
  }
}

function refuseTwice(rest: Said, said: Said): void {
  const twice = Object.keys(said).find((name) => Object.hasOwn(rest, name));
  if (twice !== undefined) throw refusedAt(twice, 'the path or a header says it already');
}

/** The draft of the header asks for a string in quotes; many send it bare. */
function unquoted(key: string): string {
  return /^"(.*)"$/.exec(key)?.[1] ?? key;
}

const VERSION = /^"(\d{1,9})(?:-[^"]*)?"$/;

/** The version that the caller has seen. What is asked under a condition is not done without it. */
function versionIn({ method, body, inQuery }: Operation, tag: string | undefined): Said {
  if (tag === undefined || tag === '*' || method === 'GET') return {};
  const takes = [body?.properties, inQuery].some((fields) => fields && 'expectedVersion' in fields);
  if (!takes) throw refusedAt('If-Match', 'this call takes no version');
  const [, version] = VERSION.exec(tag) ?? [];
  // A tag that was never given out is on nothing.
  if (version === undefined) throw kernelErrors.VERSION_CONFLICT();
  return { expectedVersion: Number(version) };
}

function refusedAt(path: string, message: string) {
  return kernelErrors.VALIDATION({ issues: [{ path, message }], more: 0 });
}
