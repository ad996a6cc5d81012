import { newId } from '@comanda/kernel/id';
import { HOUR } from '@comanda/kernel/time';
import { PASSWORD } from '@comanda/testing/given';
import { describe, expect, test } from 'vitest';
import { openApp } from '../app.ts';
import { outcomeOf } from '../auth/callers.ts';
import { onMenu, ordersIn } from '../orders/ordering.ts';

const STEPS = [
  ['forward', HOUR],
  ['back', -HOUR],
] as const;
const credentials = { identifier: 'manager', password: PASSWORD };

describe('a clock that is set', () => {
  test.each(STEPS)(
    'T41 an hour %s: sessions go on by their refresh token, and new ones begin',
    async (_, step) => {
      await using app = await openApp();
      const { auth } = app.as('anonymous');
      const { accessToken, refreshToken = '' } = await auth.login.mutate(credentials);
      const as = (token: string) => app.withToken(token).auth.session.query();

      app.clock.advance(step);
      const old = await outcomeOf(as(accessToken));
      const refreshed = await auth.refresh.mutate({ refreshToken });
      const anew = await auth.login.mutate(credentials);

      expect(['TOKEN_EXPIRED', 'TOKEN_INVALID']).toContain(old);
      expect(await outcomeOf(as(refreshed.accessToken))).toBe('ok');
      expect(await outcomeOf(as(anew.accessToken))).toBe('ok');
      expect(anew.expiresAt.getTime()).toBeGreaterThan(app.clock.now().getTime());
    },
  );

  test.each(STEPS)('T41 P15 an hour %s: a key still means the one order', async (_, step) => {
    await using app = await openApp();
    const order = {
      idempotencyKey: newId(),
      lines: [{ itemId: await onMenu(app, { price: 900 }) }],
    };

    const ordering = async () => {
      const { accessToken } = await app.as('anonymous').auth.login.mutate(credentials);
      return app.withToken(accessToken).orders.take.mutate(order);
    };

    const before = await ordering();
    app.clock.advance(step);
    const after = await ordering();

    expect(after.id).toBe(before.id);
    expect(await ordersIn(app)).toHaveLength(1);
  });
});
