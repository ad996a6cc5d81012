import { RECOMMENDED_COST } from '@comanda/domains/auth/credentials/passwords';
import { SECOND } from '@comanda/kernel/time';
import { PASSWORD } from '@comanda/testing/given';
import { describe, expect, test } from 'vitest';
import { openApp } from '../app.ts';

const SAMPLES = 300;
const CLASSES = ['unknown', 'wrong', 'disabled', 'empty', 'corrupt'] as const;
type Class = (typeof CLASSES)[number];

/** The chance that a sample of `a` took longer than one of `b`: 0.5 tells nothing. */
function auc(a: number[], b: number[]): number {
  const wins = a.flatMap((x) => b.map((y) => (x > y ? 1 : x === y ? 0.5 : 0)));
  return wins.reduce<number>((sum, win) => sum + win, 0) / wins.length;
}

describe('guessing who has an account', () => {
  test('P10 the time of a failed sign-in tells nothing about why it failed', async () => {
    await using app = await openApp({
      hashCost: RECOMMENDED_COST,
      config: { trustProxy: ['127.0.0.1/32'], logLevel: 'error' },
    });
    await app.given.person({ username: 'wrong' });
    await app.given.person({ username: 'empty' });
    await app.given.person({ username: 'disabled', active: false });
    await app.given.person({
      username: 'corrupt',
      passwordHash: '$argon2id$v=19$m=9999999,t=3,p=1$no',
    });
    const passwords: Record<Class, string> = {
      unknown: 'some guess',
      wrong: 'some guess',
      disabled: PASSWORD,
      empty: '',
      corrupt: PASSWORD,
    };
    const taken = new Map<Class, number[]>(CLASSES.map((name) => [name, []]));
    const attempt = async (name: Class, address: string): Promise<number> => {
      const json = { identifier: name, password: passwords[name] };
      const start = performance.now();
      const answer = await app.fetch('http://localhost/trpc/auth.login', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
        body: JSON.stringify({ json }),
      });
      await answer.arrayBuffer();
      return answer.status === 401 ? performance.now() - start : Number.NaN;
    };

    for (let round = 0; round < SAMPLES; round++) {
      for (const name of CLASSES.toSorted(() => Math.random() - 0.5)) {
        taken.get(name)?.push(await attempt(name, `10.${round % 250}.${round >> 8}.1`));
      }
      app.clock.advance(300 * SECOND);
    }
    const pairs = CLASSES.flatMap((a, at) => CLASSES.slice(at + 1).map((b) => [a, b] as const));
    const told = pairs.map(([a, b]) => ({
      a,
      b,
      auc: auc(taken.get(a) ?? [], taken.get(b) ?? []),
    }));

    expect(told.filter((pair) => !(pair.auc >= 0.4 && pair.auc <= 0.6))).toEqual([]);
  });
});
