import { sumOf, times } from '@comanda/kernel/money';
import type { Offer } from '../menu/menu.sale.schema.ts';
import type { KeptLine } from './cart.lines.schema.ts';
import { issuesOf } from './cart.rules.ts';
import type { CartLineView } from './cart.schema.ts';

/** Options that take off more than the item costs make it free, not cheaper than that. */
export function unitOf({ item, optionsDelta }: Offer): number | null {
  return item && Math.max(0, item.price + optionsDelta);
}

/** The price that is agreed to with a line: as it is now, unless that is of another choice, or of none. */
export function acceptedUnit({ unit }: KeptLine, offer: Offer | undefined): number {
  const fits = offer && offer.wrongOptions.length === 0;
  return (fits ? unitOf(offer) : null) ?? unit;
}

/** Lines as they stand now; what is left of an item goes to the lines in their order. */
export function pricedLines(lines: readonly KeptLine[], offers: readonly Offer[]): CartLineView[] {
  const taken = new Map<string, number>();
  return lines.map((line, at) => {
    const offer = offers[at];
    if (!offer) throw new Error('A line is priced by an offer of its own.');
    const { itemId, quantity, key, note } = line;
    const before = taken.get(itemId) ?? 0;
    taken.set(itemId, before + quantity);
    const unit = unitOf(offer);
    const left = offer.left === null ? null : Math.max(0, offer.left - before);
    return {
      key,
      itemId,
      name: offer.item?.name ?? '',
      photoId: offer.item?.photoId ?? null,
      options: offer.options,
      note,
      quantity,
      unit: unit ?? 0,
      total: times(unit ?? 0, quantity),
      issues: issuesOf(line, { ...offer, unit, left }),
    };
  });
}

/** Of what can be ordered: a line that cannot adds nothing. */
export function subtotalOf(lines: readonly CartLineView[]): number {
  return sumOf(lines.map(({ issues, total }) => (issues.every(isNews) ? total : 0)));
}

/** Whether an issue tells of something new, and keeps nothing from being ordered. */
export function isNews({ code }: CartLineView['issues'][number]): boolean {
  return code === 'PRICE_CHANGED';
}
