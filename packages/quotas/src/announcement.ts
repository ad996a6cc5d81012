import type { Answer, Policy, Row } from './store.ts';

/** What one answer tells its caller of the budgets that it was charged to. */
export class Announcement {
  readonly #noted = new Map<string, { policy: Policy; answer: Answer; back: number }>();

  /** Of a budget that was charged more than once in a request, the last answer counts. */
  note(policy: Policy, answer: Answer): void {
    this.#noted.set(policy.name, { policy, answer, back: 0 });
  }

  /** Units that were taken and given back. */
  noteBack(policy: Policy, units = 1): void {
    const noted = this.#noted.get(policy.name);
    if (noted) noted.back += units;
  }

  /** Whether a budget was counted by this process alone. */
  get degraded(): boolean {
    return [...this.#noted.values()].some(({ answer }) => answer.degraded);
  }

  /** `RateLimit-Policy` and `RateLimit`, structured fields of the IETF's draft; nothing where nothing was charged. */
  headers(): Record<string, string> {
    const policies: string[] = [];
    const limits: string[] = [];
    for (const { policy, answer, back } of this.#noted.values()) {
      answer.rows.forEach((row, at) => {
        const name = at === 0 ? policy.name : `${policy.name}.sustained`;
        const window = Math.ceil((policy.windows[at]?.ms ?? 0) / 1_000);
        policies.push(`"${name}";q=${row.limit};w=${window}`);
        limits.push(`"${name}"${standing(row, back)}${answer.degraded ? ';degraded' : ''}`);
      });
    }
    if (policies.length === 0) return {};
    return { 'ratelimit-policy': policies.join(', '), ratelimit: limits.join(', ') };
  }
}

/** `t`: after so many seconds there is more, and of a refused call enough. */
function standing({ limit, remaining, resetMs, retryAfterMs }: Row, back: number): string {
  const left = Math.min(limit, remaining + back);
  const seconds = Math.ceil(Math.max(resetMs, retryAfterMs) / 1_000);
  return left < limit ? `;r=${left};t=${seconds}` : `;r=${left}`;
}
