import type { Policy, Row } from './store.ts';

/** A plain token bucket without a float: tokens are counted in units × ms, time in whole ms. For tests. */
export function bucketOracle({ windows }: Policy, now: () => number) {
  const buckets = new Map<string, { at: number; tokens: number[] }>();

  function filled(key: string): number[] {
    const old = buckets.get(key) ?? {
      at: now(),
      tokens: windows.map(({ limit, ms }) => limit * ms),
    };
    const idle = now() - old.at;
    const tokens = windows.map(({ limit, ms }, i) =>
      Math.min(limit * ms, (old.tokens[i] ?? 0) + idle * limit),
    );
    buckets.set(key, { at: now(), tokens });
    return tokens;
  }

  return {
    consume(key: string, cost: number): { allowed: boolean; rows: Row[] } {
      const tokens = filled(key);
      const waits = windows.map(({ limit, ms }, i) =>
        Math.max(0, Math.ceil((cost * ms - (tokens[i] ?? 0)) / limit)),
      );
      const allowed = waits.every((wait) => wait === 0);
      const after = windows.map(({ ms }, i) => (tokens[i] ?? 0) - (allowed ? cost * ms : 0));
      buckets.set(key, { at: now(), tokens: after });
      const rows = windows.map(({ name, limit, ms }, i) => {
        const held = after[i] ?? 0;
        const remaining = Math.floor(held / ms);
        const resetMs = remaining === limit ? 0 : Math.ceil(((remaining + 1) * ms - held) / limit);
        return { window: name, limit, remaining, resetMs, retryAfterMs: waits[i] ?? 0 };
      });
      return { allowed, rows };
    },
    refund(key: string, cost: number): void {
      const tokens = filled(key).map((held, i) =>
        Math.min(
          held + cost * (windows[i]?.ms ?? 0),
          (windows[i]?.limit ?? 0) * (windows[i]?.ms ?? 0),
        ),
      );
      buckets.set(key, { at: now(), tokens });
    },
  };
}
