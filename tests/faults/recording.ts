import { type Client, createClient, memorySession } from '@comanda/client';
import { newId } from '@comanda/kernel/id';
import { PASSWORD, type Person } from '@comanda/testing/given';
import type { Door } from './crashes.ts';
import { guestOf } from './shoppers.ts';

const HANG_LIMIT_MS = 60_000;

/** Who asks, and where from. */
export interface Caller {
  /** Null for a visitor. */
  id: string | null;
  role: string;
  address: string;
  /** What is shown beside a session, or in its place. */
  headers?: Record<string, string>;
}

/** A mutation as it was sent, once, under a request id of its own; and what was heard of it. */
export interface Attempt {
  requestId: string;
  procedure: string;
  caller: Caller;
  /** With which it may be sent again. */
  key: string | undefined;
  /** `ok`, the reason of the refusal, or `lost` when the line went dead. */
  outcome: string;
}

/** A client that never repeats a call by itself, and of which every mutation is put on record. */
export function recordedClient(door: Door, caller: Caller, record: Attempt[]): Client {
  const { headers = {} } = caller;
  return createClient({
    url: 'http://localhost',
    deadlineMs: HANG_LIMIT_MS,
    retry: false,
    session: memorySession(),
    headers,
    fetch: recorded(door, caller, record),
  });
}

/** Somebody with a cart, at that address. */
export async function recordedGuest(
  door: Door,
  address: string,
  record: Attempt[],
): Promise<Client> {
  const { id, headers } = await guestOf(door);
  return recordedClient(door, { id, role: 'customer', address, headers }, record);
}

/** Somebody of the house, signed in at an address of their own. */
export async function recordedPerson(
  door: Door,
  { id, role, username, address }: Person & { address: string },
  record: Attempt[],
): Promise<Client> {
  const client = recordedClient(door, { id, role, address }, record);
  await client.auth.login.mutate({ identifier: username, password: PASSWORD });
  return client;
}

function recorded(door: Door, caller: Caller, record: Attempt[]): typeof fetch {
  return async (at, init) => {
    const { pathname } = new URL(at instanceof Request ? at.url : at);
    const requestId = newId();
    const headers = { 'x-request-id': requestId, 'x-forwarded-for': caller.address };
    const sent = { ...init, headers: { ...(init?.headers as object), ...headers } };
    if (init?.method !== 'POST') return door.fetch(at, sent);
    if (pathname.includes(',')) throw new Error('Each mutation has a request id of its own.');
    const attempt = {
      requestId,
      procedure: pathname.replace('/trpc/', ''),
      caller,
      key: keyIn(init.body),
      outcome: 'lost',
    };
    record.push(attempt);
    const answer = await door.fetch(at, sent);
    attempt.outcome = await outcomeIn(answer.clone());
    return answer;
  };
}

function keyIn(body: unknown): string | undefined {
  if (typeof body !== 'string') return undefined;
  const { json } = JSON.parse(body) as { json?: { idempotencyKey?: string } };
  return json?.idempotencyKey;
}

async function outcomeIn(answer: Response): Promise<string> {
  if (answer.ok) return 'ok';
  const { error } = (await answer.json()) as { error: { json: { data: { reason: string } } } };
  return error.json.data.reason;
}
