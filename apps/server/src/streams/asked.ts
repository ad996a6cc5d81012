import { type AnyTRPCRouter, TRPCError } from '@trpc/server';
import type { FastifyRequest } from 'fastify';
import { wantsLines } from '../rpc/asked.ts';

/** A subscription that is asked for, by whatever way tRPC lets it be asked for. */
export interface Asked {
  path: string;
  /** The last event that the caller has heard. */
  lastEventId: string | null;
  /** Read when the procedure asks for it: whoever may not call it is told so whatever they sent. */
  input: () => Promise<unknown>;
}

/** The names of all subscriptions. */
export function subscriptionsOf({ _def }: AnyTRPCRouter): ReadonlySet<string> {
  const all = Object.entries(_def.procedures as Record<string, { _def: { type: string } }>);
  return new Set(all.flatMap(([name, one]) => (one._def.type === 'subscription' ? [name] : [])));
}

/** Nothing for what tRPC itself should answer: other methods, batches, and whoever takes JSON lines. */
export function askedIn(
  request: FastifyRequest,
  { router, names }: { router: AnyTRPCRouter; names: ReadonlySet<string> },
): Asked | undefined {
  const { path = '' } = request.params as { path?: string };
  if (!names.has(path) || (request.method !== 'GET' && request.method !== 'POST')) return undefined;
  const [address = ''] = request.url.split('?', 1);
  const search = new URLSearchParams(request.url.slice(address.length));
  if (search.get('batch') === '1' || search.has('connectionParams')) return undefined;
  if (wantsLines(request.headers)) return undefined;
  const header = request.headers['last-event-id'] as string | undefined;
  const lastEventId = header ?? search.get('lastEventId') ?? search.get('Last-Event-Id');
  let read: Promise<unknown> | undefined;
  const input = () => (read ??= inputIn(request, { router, search, lastEventId }));
  return { path, lastEventId, input };
}

interface Sent {
  router: AnyTRPCRouter;
  search: URLSearchParams;
  lastEventId: string | null;
}

async function inputIn(
  { method, body }: FastifyRequest,
  { router, search, lastEventId }: Sent,
): Promise<unknown> {
  const text = method === 'GET' ? search.get('input') : (body as string | undefined);
  const sent = text ? read(text, router) : undefined;
  if (!lastEventId) return sent;
  const isFields = typeof sent === 'object' && sent !== null && !Array.isArray(sent);
  return isFields ? { ...sent, lastEventId } : (sent ?? { lastEventId });
}

function read(text: string, { _def }: AnyTRPCRouter): unknown {
  try {
    return _def._config.transformer.input.deserialize(JSON.parse(text));
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : 'Invalid input';
    throw new TRPCError({ code: 'BAD_REQUEST', message, cause });
  }
}
