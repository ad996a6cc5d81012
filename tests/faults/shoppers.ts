import {
  type CallError,
  type Client,
  type ClientOptions,
  createClient,
  type Fault,
  memorySession,
  type OrderView,
  type PlaceOrder,
} from '@comanda/client';
import { newId } from '@comanda/kernel/id';
import { PASSWORD, type Person } from '@comanda/testing/given';

const HANG_LIMIT_MS = 60_000;
const ORIGIN = 'http://localhost';

/** The way in to the service. */
interface Door {
  readonly fetch: typeof fetch;
}

/** What came of a key, as far as its shopper knows. */
export interface Said {
  shopperId: string;
  input: PlaceOrder;
  outcome: 'told' | 'refused' | 'unknown';
  /** What was told. */
  order?: OrderView;
}

/** Somebody with a cart, who orders again and again. */
export interface Shopper {
  readonly id: string;
  /** Asks with the same key until there is an answer. */
  readonly patient: Client;
  /** Asks once, and leaves it at that. */
  readonly hasty: Client;
}

export async function signedIn(door: Door, { id, username }: Person): Promise<Shopper> {
  const options = { ...calling(door), session: memorySession() };
  const shopper = shopperWith(id, options);
  await shopper.patient.auth.login.mutate({ identifier: username, password: PASSWORD });
  return shopper;
}

export async function guest(door: Door): Promise<Shopper> {
  const { id, headers } = await guestOf(door);
  return shopperWith(id, { ...calling(door), headers });
}

/** Somebody who has not said who they are, and what they show in its place. */
export async function guestOf(
  door: Door,
): Promise<{ id: string; headers: { 'x-guest-token': string } }> {
  const { token } = await createClient(calling(door)).cart.open.mutate();
  const [, claims = ''] = token?.split('.') ?? [];
  const { sub } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { sub: string };
  return { id: sub, headers: { 'x-guest-token': token ?? '' } };
}

function calling({ fetch }: Door): ClientOptions {
  return { url: ORIGIN, fetch, deadlineMs: HANG_LIMIT_MS };
}

function shopperWith(id: string, options: ClientOptions): Shopper {
  return {
    id,
    patient: createClient({ ...options, retry: { attempts: 1_000, baseMs: 5 } }),
    hasty: createClient({ ...options, retry: false }),
  };
}

/** Fills the cart and orders what is in it, now and then without the patience for an answer. */
export async function orderOnce(shopper: Shopper, itemIds: readonly string[]): Promise<Said> {
  const { id: shopperId, patient, hasty } = shopper;
  const cartVersion = await filledCart(patient, itemIds);
  const input: PlaceOrder = { idempotencyKey: newId(), cartVersion, type: 'pickup' };
  const isHasty = Math.random() < 0.3;
  const said = { shopperId, input };
  try {
    const order = await (isHasty ? hasty : patient).orders.place.mutate(input);
    return { ...said, outcome: 'told', order };
  } catch (error) {
    if (isHasty && passes(error)) return { ...said, outcome: 'unknown' };
    // What was ordered without an answer may have emptied the cart after it was looked at.
    const { reason } = error as CallError;
    if (reason !== 'VERSION_CONFLICT' && reason !== 'CART_EMPTY') throw error;
    return { ...said, outcome: 'refused' };
  }
}

/** Something in the cart, whatever became of what was put into it before; answers its version. */
async function filledCart(client: Client, itemIds: readonly string[]): Promise<number> {
  for (;;) {
    const { lines, version } = await client.cart.show.query();
    if (lines.length > 0) return version;
    for (const itemId of itemIds.filter(() => Math.random() < 0.6)) {
      const quantity = 1 + Math.floor(Math.random() * 3);
      await client.cart.add.mutate({ itemId, quantity }).catch(unlessPassing);
    }
  }
}

function unlessPassing(error: unknown): void {
  if (!passes(error)) throw error;
}

const PASSING = ['DB_BUSY', 'IDEMPOTENCY_IN_PROGRESS', 'OUTCOME_UNKNOWN'];

/** The line was lost, or the service said that it will be better in a moment. */
function passes(error: unknown): boolean {
  const { reason, details } = error as Fault;
  return reason === 'FAULT' ? details.because === 'unreachable' : PASSING.includes(reason);
}
