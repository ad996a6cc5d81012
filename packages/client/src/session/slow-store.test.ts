import { describe, expect, test } from 'vitest';
import { carried, expired, op, opened, signedIn, underWay } from './scripted.ts';
import type { SessionStore, Tokens } from './store.ts';
import { tokensOf } from './tokens.ts';

const NOON = Date.parse('2026-06-01T12:00:00Z');
const fresh = tokensOf(signedIn(0, NOON), NOON);
const stale = expired(NOON);

describe('with a slow store', () => {
  /** Takes a turn of the event loop, or several, for whatever it does. */
  function slowStore(turns: number): SessionStore {
    let kept: Tokens | undefined;
    return {
      read: async () => {
        const found = kept;
        await passing(turns);
        return found;
      },
      write: async (tokens) => {
        await passing(turns);
        kept = tokens;
      },
    };
  }

  test.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 12, 16])(
    'signing out wins over a refresh that is answered %d turns later, and is told once',
    async (later) => {
      const client = opened({ store: slowStore(4) });
      await client.store.write(stale);
      const refresh = await underWay(client);

      const { outcome } = carried(client.session, op('auth.logout'));
      await passing(later);
      refresh.end();
      await Promise.allSettled([refresh.token, outcome]);

      expect(await client.session.token()).toBeUndefined();
      expect(client.whys).toEqual(['logout']);
    },
  );

  test.each([0, 2, 4, 6, 8, 12, 16])(
    'signing in wins over a refresh that is answered %d turns later',
    async (later) => {
      const client = opened({ store: slowStore(4) });
      await client.store.write(stale);
      const refresh = await underWay(client);

      const answer = signedIn(5, NOON, 'mine');
      const { outcome } = carried(client.session, op('auth.login'), () => answer);
      await passing(later);
      refresh.end();
      await Promise.allSettled([refresh.token, outcome]);

      expect(await client.store.read()).toEqual(tokensOf(answer, NOON));
    },
  );

  test('signing out is told once though a call was just looking', async () => {
    const { session, store, whys } = opened({ store: slowStore(4) });
    await store.write(fresh);
    await session.token();

    const { outcome } = carried(session, op('auth.logout'));
    await passing(1);
    const looking = session.token();
    await outcome;

    expect(await looking).toBeUndefined();
    expect(await session.token()).toBeUndefined();
    expect(whys).toEqual(['logout']);
  });
});

async function passing(turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) await new Promise(setImmediate);
}
