/** The gate had no place, or no permit came free in time: try again, nothing was done. */
export class GateFull extends Error {
  override readonly name = 'GateFull';
  readonly retryAfterMs: number;

  constructor(retryAfterMs: number) {
    super('Too many are waiting already.');
    this.retryAfterMs = retryAfterMs;
  }
}
