import { after, type Clock, DAY } from '@comanda/kernel/time';
import type { Reader } from '@comanda/storage/reading';
import { remembered } from '@comanda/storage/remembering';
import type { Placeholders } from '@comanda/storage/remembering.query';
import { type Sale, saleOf } from '../menu/menu.sale.reads.ts';
import type { Cart } from './cart.entity.ts';
import type { KeptLine } from './cart.lines.schema.ts';
import { pricedLines, subtotalOf } from './cart.pricing.rules.ts';
import { canonicalChoice, cartIssuesOf, type Choice, lineKey } from './cart.rules.ts';
import type { CartView } from './cart.schema.ts';

const IDLE_MS = 14 * DAY;

type Looker = Reader & { clock: Clock; restaurantId: string };

const cartOf = remembered<typeof Cart>()((rows, { ownerId }: Placeholders<{ ownerId: string }>) =>
  rows.selectFrom('Cart').where('ownerId', '=', ownerId).select(['lines', 'version', 'updatedAt']),
);

/** The cart of a person or guest as it stands at this moment; empty as long as there is none. */
export async function showCart(ctx: Looker, ownerId: string): Promise<CartView> {
  const cart = await cartOf.first(ctx.em, { ownerId });
  const lines = cart && !isIdle(cart.updatedAt, ctx.clock.now()) ? cart.lines : [];
  const sale = await saleOf(ctx, itemsIn(lines));
  return viewOf(ctx, sale, { lines, version: cart?.version ?? 0 });
}

/** Nobody comes back after so long. */
export function isIdle(updatedAt: Date, now: Date): boolean {
  return updatedAt <= idleSince(now);
}

/** What nobody has touched later than this is idle. */
export function idleSince(now: Date): Date {
  return after(now, -IDLE_MS);
}

export function itemsIn(lines: readonly { itemId: string }[]): string[] {
  return lines.map(({ itemId }) => itemId);
}

/** Lines as they stand at this moment, and all that was looked at to say so. */
export async function pricedCart(ctx: Looker, kept: readonly KeptLine[]) {
  return priced(await saleOf(ctx, itemsIn(kept)), kept);
}

function priced(sale: Sale, kept: readonly KeptLine[]) {
  const { closed, currency, terms } = sale;
  const offers = kept.map((line) => sale.offerOf(line));
  const lines = pricedLines(kept, offers);
  const subtotal = subtotalOf(lines);
  const { minimum } = terms;
  const issues = lines.length > 0 ? cartIssuesOf(subtotal, { closed, minimum }) : [];
  return { lines, offers, subtotal, issues, currency, terms };
}

/** The same of what somebody wants without a cart: a price cannot have changed for them. */
export function pricedWish(ctx: Looker, wanted: readonly (Choice & { quantity: number })[]) {
  const kept = wanted.map((line) => {
    const { itemId, options, note } = canonicalChoice(line);
    const { quantity } = line;
    return { key: lineKey(line), itemId, options: [...options], note, quantity, unit: 0 };
  });
  return pricedCart(ctx, kept);
}

/** A cart as its owner sees it. */
export function viewOf(
  { restaurantId }: Pick<Looker, 'restaurantId'>,
  sale: Sale,
  { lines: kept, version }: { lines: readonly KeptLine[]; version: number },
): CartView {
  const { lines, subtotal, issues, currency } = priced(sale, kept);
  return {
    restaurantId,
    currency,
    lines,
    itemCount: lines.reduce((sum, { quantity }) => sum + quantity, 0),
    subtotal,
    issues,
    orderable:
      lines.length > 0 && issues.length === 0 && lines.every((line) => line.issues.length === 0),
    version,
  };
}
