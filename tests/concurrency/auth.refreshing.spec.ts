import { readRefreshToken } from '@comanda/domains/auth/credentials/refresh-tokens';
import { MINUTE } from '@comanda/kernel/time';
import { describe, expect, test } from 'vitest';
import { openApp } from '../app.ts';
import { inTurn, outcomeOf, parallel, tally } from '../auth/callers.ts';
import { liveSessionsOf } from '../auth/looking.ts';

const counterOf = (token: string) => readRefreshToken(token)?.counter;

describe('refreshing in parallel', () => {
  test.each([20, 100])(
    'P1 %i calls with one token turn it once and get one answer',
    async (calls) => {
      await using app = await openApp();
      const { auth } = app.as('anonymous');
      let { refreshToken } = await app.session('waiter');

      const rounds = await inTurn(5, async () => {
        const answers = await parallel(calls, () => auth.refresh.mutate({ refreshToken }));
        const tokens = new Set(answers.map((answer) => answer.refreshToken));
        [refreshToken] = [...tokens] as [string];
        app.clock.advance(MINUTE);
        return { different: tokens.size, counter: counterOf(refreshToken) };
      });

      expect(rounds).toEqual([1, 2, 3, 4, 5].map((counter) => ({ different: 1, counter })));
    },
  );

  test('P5 without a grace exactly one of 20 calls gets the next token, and the family ends', async () => {
    await using app = await openApp({ settings: { refreshGraceMs: 0 } });
    const { auth } = app.as('anonymous');
    const { waiter } = app.home.staff;

    const rounds = await inTurn(5, async () => {
      const { refreshToken } = await app.session('waiter');
      const calls = await parallel(20, () => outcomeOf(auth.refresh.mutate({ refreshToken })));
      return tally(calls)['ok'];
    });

    expect(rounds).toEqual([1, 1, 1, 1, 1]);
    expect(await liveSessionsOf(app, waiter)).toEqual([]);
  });

  test('a family turns 30 times a minute; made-up tokens cost it nothing', async () => {
    await using app = await openApp();
    const { auth } = app.as('anonymous');
    let { refreshToken } = await app.session('waiter');
    const madeUp = refreshToken.replace(/.{4}$/, 'AAAA');

    const guesses = await parallel(40, () =>
      outcomeOf(auth.refresh.mutate({ refreshToken: madeUp })),
    );
    const turns = await inTurn(32, () =>
      outcomeOf(
        auth.refresh.mutate({ refreshToken }).then((answer) => {
          ({ refreshToken = '' } = answer);
        }),
      ),
    );

    expect(tally(guesses)).toEqual({ TOKEN_INVALID: 40 });
    expect(tally(turns)).toEqual({ ok: 30, QUOTA_EXCEEDED: 2 });
  });
});

describe('signing out while refreshing', () => {
  test('P5 after the answer to a logout no token of the family works, in any of 40 rounds', async () => {
    await using app = await openApp();
    const { auth } = app.as('anonymous');

    const rounds = await inTurn(40, async () => {
      const { refreshToken, accessToken } = await app.session('waiter');
      const refreshing = parallel(3, () =>
        auth.refresh.mutate({ refreshToken }).catch(() => undefined),
      );
      await auth.logout.mutate({ refreshToken });
      const given = (await refreshing).filter((answer) => answer !== undefined);
      const shown = [accessToken, ...given.map((answer) => answer.accessToken)];
      const kept = [refreshToken, ...given.map((answer) => answer.refreshToken)];
      return Promise.all([
        ...shown.map((token) => outcomeOf(app.withToken(token).auth.session.query())),
        ...kept.map((token) => outcomeOf(auth.refresh.mutate({ refreshToken: token }))),
      ]);
    });

    expect(rounds.flat()).not.toContain('ok');
    expect(await liveSessionsOf(app, app.home.staff.waiter)).toEqual([]);
  });
});
