// Shown in packages/testing/README.md.
// #region
import { HOUR } from '@comanda/kernel/time';
import { openApp } from '@comanda/testing';
import { expect, test } from 'vitest';

test('a device pass ends after a day', async () => {
  await using app = await openApp();
  const waiter = await app.given.person({ role: 'waiter' });
  const pass = await app.as(waiter).auth.passes.issue.mutate({ label: 'till' });
  const till = app.withToken(pass.token);

  app.clock.advance(24 * HOUR);

  await expect(till.auth.session.query()).rejects.toMatchObject({
    data: { reason: 'TOKEN_INVALID' },
  });
});
// #endregion
