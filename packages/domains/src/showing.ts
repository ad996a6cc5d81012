import { DAY } from '@comanda/kernel/time';
import { type Editions, EVERYWHERE, editionOf, FIRST } from '@comanda/storage/editions';
import type { CallContext } from './context.ts';
import type { Weekly } from './restaurants/restaurants.hours.schema.ts';
import type { RestaurantFacts } from './restaurants/restaurants.facts.reads.ts';
import { lookingSameUntil } from './restaurants/restaurants.reads.ts';
import { nameIn } from './scope.ts';

/** Whether an answer stays the same until something changes, or turns with the hours of the restaurant as well. */
export type Shown = 'anytime' | 'byHours';

/** What an answer was made of. */
export interface Showing {
  /** Another one after every change of what anybody sees. */
  edition: string;
  /** Whose editions it was made of, and which: while these are on show it holds. */
  editions: Editions;
  /** From here on the same edition may look different. */
  until: Date;
}

/** What anybody may keep of the answer to a request. */
export interface Copies {
  /** Whether the caller has an answer of that edition that is still good; then nothing is read. */
  holds(edition: string, at: Date): boolean;
  /** Told once for every call that was answered. */
  note(showing: Showing): void;
}

/** In the place of an answer that the caller has already. */
export const heldAlready = { marker: 'middlewareMarker', ok: true, data: null } as never;

interface Call {
  shown: Shown;
  getRawInput: () => Promise<unknown>;
}

/** What is on show before the call reads any of it: what changes meanwhile makes the answer newer than its name. */
export async function showNow(ctx: CallContext, { shown, getRawInput }: Call) {
  const at = ctx.clock.now();
  const restaurantId = ctx.restaurantId ?? nameIn(await getRawInput());
  const known = ctx.restaurant?.id === restaurantId ? ctx.restaurant : undefined;
  const whose = restaurantId ?? EVERYWHERE;
  const edition = (known ? known.edition : await editionOf(ctx.em, whose)) ?? FIRST;
  const editions = { [whose]: edition, ...(known && ofTheOnly(known)) };
  const of = async (answer: unknown): Promise<Showing> => {
    const where = restaurantId ?? (answer as { id?: string }).id;
    const until =
      shown === 'byHours' && where !== undefined
        ? await lookingSameUntil(ctx, { restaurantId: where, at, mealtimes: mealtimesIn(answer) })
        : new Date((Math.floor(at.getTime() / DAY) + 1) * DAY);
    return { edition, editions, until };
  };
  return { edition, of };
}

/** Whoever names no restaurant is answered so as long as there is no other. */
function ofTheOnly({ everywhere }: RestaurantFacts): Editions {
  return everywhere === undefined ? {} : { [EVERYWHERE]: everywhere ?? FIRST };
}

interface Served {
  mealtimes?: Weekly | null;
}

/** Of the item that is shown, or of all on the list. */
function mealtimesIn(answer: unknown): Weekly[] {
  const { items, ...one } = answer as Served & { items?: Served[] };
  return (items ?? [one]).flatMap(({ mealtimes }) => (mealtimes ? [mealtimes] : []));
}
