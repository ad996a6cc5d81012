import { type Capability, cellOf } from '@comanda/kernel/access';
import { kernelErrors } from '@comanda/kernel/kernel.errors';
import type { EntityManager } from '@comanda/storage/connect';
import type { Author } from '@comanda/storage/provenance';
import { type Behind, within, withoutRestaurant } from '@comanda/storage/tenancy';
import type { Actor } from './auth/auth.actor.ts';
import { actingAt } from './auth/auth.guard.ts';
import type { Context } from './context.ts';
import { Restaurant } from './restaurants/restaurants.entity.ts';
import { restaurantErrors } from './restaurants/restaurants.errors.ts';

interface Call {
  actor: Actor | null;
  access: 'anyone' | 'signedIn' | Capability;
  path: string;
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
}

/**
 * Opens the unit of work of one call. Staff calls reach the restaurant of the session's membership, an
 * admin may name another; every other call reaches no restaurant's rows at all.
 */
export async function unitOfWork(ctx: Context, call: Call): Promise<Opened> {
  const { actor } = call;
  if (call.placed) return placedWork(ctx, call);
  const behind = { clock: ctx.clock, author: authorOf(ctx, call) };
  if (!actor?.membership || !(call.atWork || isStaffCall(actor, call.access))) {
    return { actor, em: withoutRestaurant(ctx.database, behind), restaurantId: null };
  }
  const own = actor.membership.restaurantId;
  const restaurantId = nameIn(await call.getRawInput()) ?? own;
  const em = within(ctx.database, restaurantId, behind);
  if (restaurantId === own) return { actor, em, restaurantId };
  const mayExist = actor.role === 'admin' && UUID.test(restaurantId);
  const exists = mayExist && (await em.count(Restaurant, { id: restaurantId })) === 1;
  if (!exists) throw kernelErrors.NOT_FOUND({ what: 'restaurant' });
  return { actor, em, restaurantId };
}

async function placedWork(ctx: Context, call: Call): Promise<Opened> {
  const behind = (actor: Actor | null): Behind => ({
    clock: ctx.clock,
    author: authorOf(ctx, { ...call, actor }),
  });
  const named = nameIn(await call.getRawInput());
  const wanted = named ?? call.actor?.membership?.restaurantId;
  const isId = wanted === undefined || UUID.test(wanted);
  const em = withoutRestaurant(ctx.database, behind(null));
  const where = wanted === undefined ? {} : { id: wanted };
  const [found, another] = isId ? await em.find(Restaurant, where, { limit: 2 }) : [];
  if (!found) throw kernelErrors.NOT_FOUND({ what: 'restaurant' });
  if (another) throw restaurantErrors.RESTAURANT_REQUIRED();
  const actor = actingAt(call.actor, found.id);
  return { actor, em: within(ctx.database, found.id, behind(actor)), restaurantId: found.id };
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
