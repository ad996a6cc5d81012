import { type Capability, cellOf } from '@comanda/kernel/access';
import { InOneTurn } from '@comanda/kernel/in-one-turn';
import { kernelErrors } from '@comanda/kernel/kernel.errors';
import type { Database, EntityManager } from '@comanda/storage/connect';
import type { Author } from '@comanda/storage/provenance';
import { within, withoutRestaurant } from '@comanda/storage/tenancy';
import type { Actor } from './auth/auth.actor.ts';
import { actingAt } from './auth/auth.guard.ts';
import type { Context } from './context.ts';
import { Restaurant } from './restaurants/restaurants.entity.ts';
import { restaurantErrors } from './restaurants/restaurants.errors.ts';
import { type RestaurantFacts, theOnly, thisOne } from './restaurants/restaurants.facts.reads.ts';

interface Call {
  actor: Actor | null;
  access: 'anyone' | 'signedIn' | Capability;
  path: string;
  type: 'query' | 'mutation' | 'subscription';
  getRawInput: () => Promise<unknown>;
  /** About one restaurant, whoever asks. */
  placed: boolean;
  /** Where the caller works, though it be about their own rows only. */
  atWork: boolean;
}

interface Opened {
  /** Who acts there, and as what. */
  actor: Actor | null;
  em: EntityManager;
  restaurantId: string | null;
  restaurant: RestaurantFacts | null;
}

const nowhere = { restaurantId: null, restaurant: null };

/**
 * Opens the unit of work of one call. Staff calls reach the restaurant of the session's membership, an
 * admin may name another; every other call reaches no restaurant's rows at all.
 */
export async function unitOfWork(ctx: Context, call: Call): Promise<Opened> {
  const { actor } = call;
  if (call.placed) return placedWork(ctx, call);
  const behind = { clock: ctx.clock, author: authorOf(ctx, call) };
  if (!actor?.membership || !(call.atWork || isStaffCall(actor, call.access))) {
    return { ...nowhere, actor, em: withoutRestaurant(ctx.database, behind) };
  }
  const own = actor.membership.restaurantId;
  const restaurantId = nameIn(await call.getRawInput()) ?? own;
  const em = within(ctx.database, restaurantId, behind);
  if (restaurantId === own) return { actor, em, restaurantId, restaurant: null };
  const mayExist = actor.role === 'admin' && UUID.test(restaurantId);
  const exists = mayExist && (await em.count(Restaurant, { id: restaurantId })) === 1;
  if (!exists) throw noRestaurant();
  return { actor, em, restaurantId, restaurant: null };
}

/** The restaurant is read once for the call, and for all that begin in the same turn. */
async function placedWork(ctx: Context, call: Call): Promise<Opened> {
  const wanted = nameIn(await call.getRawInput()) ?? call.actor?.membership?.restaurantId;
  if (wanted !== undefined && !UUID.test(wanted)) throw noRestaurant();
  const opened = (restaurantId: string) => {
    const actor = actingAt(call.actor, restaurantId);
    const behind = { clock: ctx.clock, author: authorOf(ctx, { ...call, actor }) };
    return { actor, em: within(ctx.database, restaurantId, behind), restaurantId };
  };
  if (wanted === undefined) {
    const restaurant = await onlyRestaurant(ctx);
    return { ...opened(restaurant.id), restaurant: carried(call, restaurant) };
  }
  const { em, turns } = lookout(ctx);
  const [restaurant] = await turns.ask(wanted, async () => [await thisOne({ em }, wanted)]);
  if (!restaurant) throw noRestaurant();
  return { ...opened(wanted), restaurant: carried(call, restaurant) };
}

/** What calls look for their restaurant with: nothing is ever loaded into it, or written by it. */
interface Lookout {
  em: EntityManager;
  turns: InOneTurn<(RestaurantFacts | undefined)[]>;
}

const lookouts = new WeakMap<Database, Lookout>();

/** One for all calls. */
function lookout({ database, clock }: Context): Lookout {
  const kept = lookouts.get(database);
  if (kept) return kept;
  const em = withoutRestaurant(database, { clock, author: NOBODY });
  const made = { em, turns: new InOneTurn<(RestaurantFacts | undefined)[]>() };
  lookouts.set(database, made);
  return made;
}

const NOBODY: Author = {
  actorId: null,
  actorName: null,
  role: 'anonymous',
  action: 'restaurants.only',
  requestId: 'none',
  address: null,
};

/** No id of any. */
const ONLY = 'only';

/** The only one there is: nobody guesses which of several is meant. */
async function onlyRestaurant(ctx: Context): Promise<RestaurantFacts> {
  const { em, turns } = lookout(ctx);
  const [found, another] = await turns.ask(ONLY, () => theOnly({ em }));
  if (!found) throw noRestaurant();
  if (another) throw restaurantErrors.RESTAURANT_REQUIRED();
  return found;
}

/** A stream goes on for longer than anything stays as it is. */
function carried({ type }: Call, restaurant: RestaurantFacts): RestaurantFacts | null {
  return type === 'subscription' ? null : restaurant;
}

function noRestaurant() {
  return kernelErrors.NOT_FOUND({ what: 'restaurant' });
}

/** What the audit log has room for: two names of 100 and a blank are one more. */
const MAX_NAME = 200;

function authorOf(ctx: Context, { actor, path }: Call): Author {
  return {
    actorId: actor?.id ?? null,
    actorName: actor?.name.slice(0, MAX_NAME) ?? null,
    role: actor?.role ?? 'anonymous',
    action: path,
    requestId: ctx.requestId,
    address: ctx.address,
  };
}

function isStaffCall({ role }: Actor, access: Call['access']): boolean {
  if (access === 'anyone' || access === 'signedIn') return false;
  const cell = cellOf(role, access);
  return cell.allowed && cell.rows !== 'own';
}

/** The input is looked at before it is parsed, and only this may reach a statement. */
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The restaurant that an input names, if it does. */
export function nameIn(input: unknown): string | undefined {
  if (typeof input !== 'object' || input === null || !('restaurantId' in input)) return undefined;
  return typeof input.restaurantId === 'string' ? input.restaurantId.toLowerCase() : undefined;
}
