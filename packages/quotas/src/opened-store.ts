import type { Answer, Policy, QuotaStore } from './store.ts';

export type Make = (now: () => number) => QuotaStore | Promise<QuotaStore>;
export type Open = () => Promise<OpenedStore>;

/** An empty store, the hands of its clock, and what the suite asks of it. */
export class OpenedStore {
  time = Date.UTC(2026, 0, 1);
  readonly store: QuotaStore;

  static async by(make: Make): Promise<OpenedStore> {
    const hands: { opened?: OpenedStore } = {};
    hands.opened = new OpenedStore(await make(() => hands.opened?.time ?? 0));
    return hands.opened;
  }

  constructor(store: QuotaStore) {
    this.store = store;
  }

  /** So many calls at once; answers how many got through. */
  async admitted(calls: number, key: string, policy: Policy): Promise<number> {
    const answers = await Promise.all(
      Array.from({ length: calls }, async () => this.store.consume(key, policy)),
    );
    return answers.filter((answer) => answer.allowed).length;
  }

  async look(key: string, policy: Policy): Promise<Answer> {
    return this.store.consume(key, policy, 0);
  }

  async left(key: string, policy: Policy): Promise<number[]> {
    return (await this.look(key, policy)).rows.map((row) => row.remaining);
  }
}
