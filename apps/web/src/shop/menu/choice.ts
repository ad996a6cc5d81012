import type { ItemView, OfferedOption, OptionGroup } from '@comanda/client';

/** How many of each option were chosen, by their ids. */
export type Chosen = Readonly<Record<string, number>>;

export function countIn({ options }: OptionGroup, chosen: Chosen): number {
  return options.reduce((sum, { id }) => sum + (chosen[id] ?? 0), 0);
}

/** Of one unit with its options; they can make it free, not cheaper than that. */
export function unitOf({ price, options }: ItemView, chosen: Chosen): number {
  const all = options.flatMap((group) => group.options);
  const delta = all.reduce((sum, { id, priceDelta }) => sum + priceDelta * (chosen[id] ?? 0), 0);
  return Math.max(0, price + delta);
}

/** As the cart takes them. */
export function optionsFrom(chosen: Chosen): { optionId: string; quantity: number }[] {
  return Object.entries(chosen)
    .filter(([, quantity]) => quantity > 0)
    .map(([optionId, quantity]) => ({ optionId, quantity }));
}

/** What was chosen once, as far as it can still be had. */
export function stillChosen(item: ItemView, options: readonly OfferedOption[]): Chosen {
  const free = item.options.flatMap((group) => group.options.filter(({ available }) => available));
  const known = new Map(free.map(({ id, maxQuantity }) => [id, maxQuantity]));
  return Object.fromEntries(
    options.flatMap(({ optionId, quantity }) => {
      const most = known.get(optionId);
      return most === undefined ? [] : [[optionId, Math.min(quantity, most)]];
    }),
  );
}

/** What a guest is asked to do with a group, in words. */
export function asksFor({ min, max, options }: OptionGroup): string {
  const most = Math.min(
    max,
    options.reduce((sum, { maxQuantity }) => sum + maxQuantity, 0),
  );
  if (min === 0) return most === 1 ? 'If you like' : `Up to ${most}, if you like`;
  if (min === most) return `Choose ${min}`;
  return `Choose ${min} to ${most}`;
}

/** Whether both are the same choice, and so would be one line. */
export function isSame(
  chosen: Chosen,
  line: { options: readonly OfferedOption[]; note: string | null },
  note: string,
): boolean {
  const now = optionsFrom(chosen);
  return (
    now.length === line.options.length &&
    now.every(({ optionId, quantity }) =>
      line.options.some((one) => one.optionId === optionId && one.quantity === quantity),
    ) &&
    note.trim() === (line.note ?? '')
  );
}
