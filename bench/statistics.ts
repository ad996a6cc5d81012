/** The least value that so large a share does not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** To three digits, wherever the point is. */
export function significant(value: number): number {
  return Number(value.toPrecision(3));
}

export function round(value: number, digits = 2): number {
  return Number(value.toFixed(digits));
}
