import type { QuotaPolicy } from '@comanda/client';

const UNITS = [
  { name: 'day', ms: 86_400_000 },
  { name: 'h', ms: 3_600_000 },
  { name: 'min', ms: 60_000 },
  { name: 's', ms: 1_000 },
];

/** As they are typed as well: `100/min`, `5/5min`. */
export function ratesOf({ windows }: Pick<QuotaPolicy, 'windows'>): string[] {
  return windows.map(({ limit, windowMs }) => {
    const unit = UNITS.find(({ ms }) => windowMs % ms === 0) ?? { name: 's', ms: 1_000 };
    const count = windowMs / unit.ms;
    return `${limit}/${count === 1 ? '' : count}${unit.name}`;
  });
}

/** What was typed, one or two rates. */
export function ratesIn(typed: string): string[] {
  return typed
    .split(/,|\band\b/)
    .map((rate) => rate.trim())
    .filter((rate) => rate !== '');
}
