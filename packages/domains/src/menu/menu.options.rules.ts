export interface Option {
  id: string;
  name: string;
  /** In minor units; below zero where it makes the item cheaper. */
  priceDelta: number;
  available: boolean;
  /** How often it can be chosen for one unit of the item. */
  maxQuantity: number;
}

export interface OptionGroup {
  id: string;
  name: string;
  min: number;
  max: number;
  options: readonly Option[];
}

export interface Choice {
  optionId: string;
  quantity: number;
}

export type OptionIssue =
  | { because: 'OPTION_UNKNOWN' | 'OPTION_TWICE' | 'OPTION_SOLD_OUT'; optionId: string }
  | { because: 'OPTION_QUANTITY'; optionId: string; quantity: number; max: number }
  | { because: 'GROUP_TOO_FEW'; groupId: string; chosen: number; min: number }
  | { because: 'GROUP_TOO_MANY'; groupId: string; chosen: number; max: number };

/** What is wrong with the choices for an item, and what they add to the price of one unit. */
export function judgeOptions(
  groups: readonly OptionGroup[],
  choices: readonly Choice[],
): { issues: OptionIssue[]; price: number } {
  const options = new Map(groups.flatMap((group) => group.options).map((one) => [one.id, one]));
  const chosen = new Map<string, number>();
  const issues: OptionIssue[] = [];
  let price = 0;
  for (const { optionId, quantity } of choices) {
    const option = options.get(optionId);
    if (!option) issues.push({ because: 'OPTION_UNKNOWN', optionId });
    else if (chosen.has(optionId)) issues.push({ because: 'OPTION_TWICE', optionId });
    else {
      issues.push(...choiceIssues(option, quantity));
      chosen.set(optionId, quantity);
      price += option.priceDelta * quantity;
    }
  }
  return { issues: [...issues, ...groups.flatMap((group) => groupIssues(group, chosen))], price };
}

function choiceIssues(option: Option, quantity: number): OptionIssue[] {
  const { id: optionId, available, maxQuantity: max } = option;
  if (!available) return [{ because: 'OPTION_SOLD_OUT', optionId }];
  if (Number.isInteger(quantity) && quantity >= 1 && quantity <= max) return [];
  return [{ because: 'OPTION_QUANTITY', optionId, quantity, max }];
}

function groupIssues(group: OptionGroup, quantities: ReadonlyMap<string, number>): OptionIssue[] {
  const { id: groupId, min, max, options } = group;
  const chosen = options.reduce((sum, { id }) => sum + (quantities.get(id) ?? 0), 0);
  if (chosen < min) return [{ because: 'GROUP_TOO_FEW', groupId, chosen, min }];
  if (chosen > max) return [{ because: 'GROUP_TOO_MANY', groupId, chosen, max }];
  return [];
}
