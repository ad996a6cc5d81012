/** One window of the caller's quota, as the service told it with an answer. */
export interface Quota {
  /** Of the policy, such as `burst`. */
  name: string;
  /** Calls in one window; nothing when it was not told. */
  limit: number | undefined;
  /** How long a window is. */
  windowMs: number | undefined;
  /** Calls left when the answer was made. */
  remaining: number;
  /** From then until more are left. */
  resetMs: number | undefined;
}

/** Remembers the quota that answers tell. */
export interface QuotaSeen {
  /** What the last answer that told any said; nothing before. */
  readonly seen: readonly Quota[] | undefined;
  readonly learn: (headers: Headers) => void;
}

export function quotaSeen(): QuotaSeen {
  let seen: readonly Quota[] | undefined;
  return {
    get seen() {
      return seen;
    },
    learn(headers) {
      seen = quotasIn(headers) ?? seen;
    },
  };
}

type Told = Record<string, number | undefined>;

/** Reads `RateLimit` and `RateLimit-Policy`, structured fields of the IETF draft; what it cannot read it leaves out. */
export function quotasIn(headers: Headers): readonly Quota[] | undefined {
  const policies = items(headers.get('ratelimit-policy'));
  const quotas: Quota[] = [];
  for (const [name, { r, t }] of items(headers.get('ratelimit'))) {
    if (r === undefined) continue;
    const { q, w } = policies.get(name) ?? {};
    quotas.push({ name, limit: q, windowMs: ms(w), remaining: r, resetMs: ms(t) });
  }
  return quotas.length > 0 ? quotas : undefined;
}

const ITEM = /"([^"]*)"((?:\s*;[^",;]*(?:"[^"]*")?)*)/g;

/** `"a";q=1;w=2, "b";q=3` by name. */
function items(field: string | null): Map<string, Told> {
  const found = new Map<string, Told>();
  for (const [, name = '', told = ''] of (field ?? '').matchAll(ITEM)) {
    const pairs = [...told.matchAll(/;\s*([a-z]+)=(\d+)/g)];
    found.set(name, Object.fromEntries(pairs.map(([, key = '', value]) => [key, Number(value)])));
  }
  return found;
}

function ms(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : seconds * 1000;
}
