import { type Client, type ClientOptions, createClient, type Query } from '@comanda/client';
import { pace } from '@comanda/client/pace';
import { anyone } from '@comanda/domains/trpc';
import { GcraStore } from '@comanda/quotas/gcra-store';
import { policy } from '@comanda/quotas/rates';
import { describe, expect, test } from 'vitest';
import { openApp } from '../app.ts';
import { times } from '../recording.ts';

const CALLS = 40;

interface LabApi {
  lab: { look: Query<void, string, 'QUOTA_EXCEEDED'> };
}

/** A read that anybody may do ten times in two seconds. */
const lab = {
  look: anyone()
    .meta({
      price: {
        budget: { policy: policy('wall', '10/2s'), per: 'address', counts: 'every try' },
      },
    })
    .query(() => 'seen'),
};

/** Forty calls in one go to a real port: what came back, and how often the client was told no. */
async function fortyCalls(url: string, options: Pick<ClientOptions, 'pace'> = {}) {
  const client = createClient({ url, deadlineMs: 25_000, ...options }) as Client & LabApi;
  const ends = await Promise.allSettled(times(CALLS, () => client.lab.look.query()));
  return {
    answers: ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : [])),
    errors: ends.flatMap((end) => (end.status === 'rejected' ? [end.reason as unknown] : [])),
  };
}

describe('forty calls in one go against a budget of ten', () => {
  test('P32 bare, ten are answered, and the others are told that the budget is used up', async () => {
    await using app = await openApp({ lab });

    const { answers, errors } = await fortyCalls(await app.listen());

    expect(answers).toEqual(Array(10).fill('seen'));
    expect(errors).toEqual(Array(30).fill(expect.objectContaining({ reason: 'QUOTA_EXCEEDED' })));
  });

  test('P32 paced, all are answered and none fails, because the client goes by what it is told', async () => {
    // The test's clock stands still, and with it its budgets; these refill while the client waits.
    const stores = { calls: new GcraStore(), signIns: new GcraStore() };
    await using app = await openApp({ lab, stores });

    const { answers, errors } = await fortyCalls(await app.listen(), { pace: pace() });
    const used = app.house.usage.totals.find(({ role }) => role === 'anonymous');

    expect(errors).toEqual([]);
    expect(answers).toEqual(Array(CALLS).fill('seen'));
    expect(used?.reads).toBe(CALLS);
    expect(used?.refused).toBeLessThanOrEqual(60);
  });
});
