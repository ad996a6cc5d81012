import { digestOf } from '@comanda/kernel/digest';
import { cartErrors } from './cart.errors.ts';
import type { CartIssue, LineIssue } from './cart.issues.schema.ts';

const MAX_UNITS = 99;
const MAX_LINES = 100;

export interface ChosenOption {
  optionId: string;
  quantity: number;
}

export interface Choice {
  itemId: string;
  options: readonly ChosenOption[];
  note: string | null;
}

/** One way to write what was chosen: options by id, each once, and a note only if it says something. */
export function canonicalChoice({ itemId, options, note }: Choice): Choice {
  const chosen = new Map<string, number>();
  for (const { optionId, quantity } of options) {
    chosen.set(optionId, (chosen.get(optionId) ?? 0) + quantity);
  }
  return {
    itemId,
    options: [...chosen]
      .map(([optionId, quantity]) => ({ optionId, quantity }))
      .filter(({ quantity }) => quantity > 0)
      .toSorted((one, other) => (one.optionId < other.optionId ? -1 : 1)),
    note: note?.normalize('NFC').trim() || null,
  };
}

/** Lines with the same key are one line. */
export function lineKey(choice: Choice): string {
  const { itemId, options, note } = canonicalChoice(choice);
  const chosen = options.map(({ optionId, quantity }) => [optionId, quantity]);
  return digestOf(JSON.stringify([itemId, chosen, note]));
}

/** Refuses more than a line holds; nothing is clipped. */
export function unitsAfterAdding(present: number, added: number): number {
  const units = present + added;
  if (units > MAX_UNITS) throw cartErrors.CART_LINE_FULL({ units, max: MAX_UNITS });
  return units;
}

/** Refuses a line more than a cart holds. */
export function linesAfterAdding(present: number): number {
  if (present >= MAX_LINES) throw cartErrors.CART_FULL({ max: MAX_LINES });
  return present + 1;
}

interface KeyedLine {
  key: string;
  quantity: number;
}

/** What of a guest's line found no room, and why. */
export interface LeftOut<Line> {
  line: Line;
  quantity: number;
  why: 'CART_LINE_FULL' | 'CART_FULL';
}

/** A person's cart with the guest's put in, line by line; what finds no room is told, never lost. */
export function mergedCarts<Line extends KeyedLine>(
  own: readonly Line[],
  guest: readonly Line[],
): { lines: Line[]; leftOut: LeftOut<Line>[] } {
  const merged = new Map(own.map((line) => [line.key, line]));
  const leftOut: LeftOut<Line>[] = [];
  for (const line of guest) {
    const present = merged.get(line.key);
    const isFull = !present && merged.size >= MAX_LINES;
    const room = isFull ? 0 : MAX_UNITS - (present?.quantity ?? 0);
    const added = Math.min(line.quantity, room);
    const quantity = line.quantity - added;
    if (added > 0) {
      merged.set(line.key, { ...(present ?? line), quantity: (present?.quantity ?? 0) + added });
    }
    if (quantity > 0) {
      leftOut.push({ line, quantity, why: isFull ? 'CART_FULL' : 'CART_LINE_FULL' });
    }
  }
  return { lines: [...merged.values()], leftOut };
}

interface SeenLine {
  quantity: number;
  /** With its options, as it was last shown. */
  unit: number;
}

/** What menu, stock and hours say about a line now. */
export interface Priced {
  /** With its options; null when the item is not for sale any more. */
  unit: number | null;
  /** How many this line can have, none where it is switched off; null when nobody counts. */
  left: number | null;
  isMealtime: boolean;
  /** Options or groups of options that do not fit any more. */
  wrongOptions: readonly string[];
}

/** A price is told of a choice that fits only: without one of its options it would be another's. */
export function issuesOf(
  line: SeenLine,
  { unit, left, isMealtime, wrongOptions }: Priced,
): LineIssue[] {
  if (unit === null) return [{ code: 'SOLD_OUT', left: 0 }];
  const isMisfit = wrongOptions.length > 0;
  const issues: (LineIssue | false)[] = [
    left !== null && left < line.quantity && { code: 'SOLD_OUT', left },
    !isMealtime && { code: 'OFF_MENU_TIME' },
    isMisfit && { code: 'OPTION_INVALID', options: [...wrongOptions] },
    !isMisfit && unit !== line.unit && { code: 'PRICE_CHANGED', old: line.unit, new: unit },
  ];
  return issues.filter((issue) => issue !== false);
}

export function cartIssuesOf(
  subtotal: number,
  { closed, minimum }: { closed: { until: Date | null } | null; minimum: number },
): CartIssue[] {
  const issues: (CartIssue | false)[] = [
    closed !== null && { code: 'CLOSED', until: closed.until },
    subtotal < minimum && { code: 'BELOW_MINIMUM', minimum, subtotal },
  ];
  return issues.filter((issue) => issue !== false);
}
