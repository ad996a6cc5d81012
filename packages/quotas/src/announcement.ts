import type { Answer, Policy, Row } from './store.ts';

interface Noted {
  policy: Policy;
  answer: Answer;
  /** Units that were taken and given back. */
  back: number;
}

/** What one answer tells its caller of the budgets that it was charged to. */
export class Announcement {
  /** Hardly ever more than one. */
  readonly #noted: Noted[] = [];

  /** Of a budget that was charged more than once in a request, the last answer counts. */
  note(policy: Policy, answer: Answer): void {
    const noted = this.#of(policy);
    if (noted) Object.assign(noted, { policy, answer, back: 0 });
    else this.#noted.push({ policy, answer, back: 0 });
  }

  /** Units that were taken and given back. */
  noteBack(policy: Policy, units = 1): void {
    const noted = this.#of(policy);
    if (noted) noted.back += units;
  }

  /** Whether a budget was counted by this process alone. */
  get degraded(): boolean {
    return this.#noted.some(({ answer }) => answer.degraded);
  }

  /** `RateLimit-Policy` and `RateLimit`, structured fields of the IETF's draft; nothing where nothing was charged. */
  headers(): Record<string, string> {
    if (this.#noted.length === 0) return {};
    let policies = '';
    let limits = '';
    for (const { policy, answer, back } of this.#noted) {
      const degraded = answer.degraded ? ';degraded' : '';
      for (const [at, row] of answer.rows.entries()) {
        const comma = policies === '' ? '' : ', ';
        const name = at === 0 ? policy.name : `${policy.name}.sustained`;
        const window = Math.ceil((policy.windows[at]?.ms ?? 0) / 1_000);
        policies += `${comma}"${name}";q=${row.limit};w=${window}`;
        limits += `${comma}"${name}"${standing(row, back)}${degraded}`;
      }
    }
    return { 'ratelimit-policy': policies, ratelimit: limits };
  }

  #of({ name }: Policy): Noted | undefined {
    return this.#noted.find(({ policy }) => policy.name === name);
  }
}

/** `t`: after so many seconds there is more, and of a refused call enough. */
function standing({ limit, remaining, resetMs, retryAfterMs }: Row, back: number): string {
  const left = Math.min(limit, remaining + back);
  const seconds = Math.ceil(Math.max(resetMs, retryAfterMs) / 1_000);
  return left < limit ? `;r=${left};t=${seconds}` : `;r=${left}`;
}
