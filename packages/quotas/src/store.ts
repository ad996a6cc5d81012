/** `limit` units within `ms` milliseconds, refilled evenly. */
export interface Window {
  readonly name: string;
  readonly limit: number;
  readonly ms: number;
}

/** Windows that are charged together: all of them or none. */
export interface Policy {
  readonly name: string;
  readonly windows: readonly [Window, ...Window[]];
  /** 'closed': rather no call than one that is counted by this process alone. */
  readonly unshared?: 'closed';
}

/** Where one window stands. `resetMs`: until one more unit is there, 0 when full. `retryAfterMs`: until this very call passes. */
export interface Row {
  readonly window: string;
  readonly limit: number;
  readonly remaining: number;
  readonly resetMs: number;
  readonly retryAfterMs: number;
}

/** Repeats the row that binds: of a refusal the longest wait, else the fewest units left. */
export interface Answer extends Row {
  readonly allowed: boolean;
  readonly policy: string;
  readonly rows: readonly Row[];
  /** The shared store is in trouble: the limits told are this process's share. */
  readonly degraded?: true;
}

export interface QuotaStore {
  /** Cost 0 looks without charging. A refused call is charged nothing in any window. */
  consume(key: string, policy: Policy, cost?: number): Answer | Promise<Answer>;
  /** Gives back what a call took that turned out not to count. */
  refund(key: string, policy: Policy, cost?: number): void | Promise<void>;
}

/** Of a closed policy, while the shared store is in trouble: neither allowed nor used up. */
export class QuotaUnavailable extends Error {
  readonly retryAfterMs: number;

  constructor(policy: Policy, retryAfterMs: number) {
    super(`${policy.name}: not without the shared quotas, which cannot be reached`);
    this.retryAfterMs = retryAfterMs;
  }
}

/** Throws for a cost that no wait could ever pay: a mistake in the caller, not a refusal. */
export function assertAffordable(policy: Policy, cost: number): void {
  if (!Number.isSafeInteger(cost) || cost < 0) {
    throw new RangeError(`${policy.name}: a cost is a whole number from 0, not ${cost}`);
  }
  const short = policy.windows.find((window) => cost > window.limit);
  if (short)
    throw new RangeError(
      `${policy.name}: cost ${cost} can never pass the limit ${short.limit} of ${short.name}`,
    );
}
