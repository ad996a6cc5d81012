import { describe, expect, test } from 'vitest';
import { openApp } from '../app.ts';
import { outcomeOf, parallel } from '../auth/callers.ts';
import { accountOf, auditOf } from '../auth/looking.ts';

const told = (outcomes: string[], what: string) => outcomes.filter((one) => one === what).length;

describe('changing one profile at once', () => {
  test.each([0, 1])(
    'D7 twenty changes of version %d: one is made, 19 are told',
    async (version) => {
      await using app = await openApp();
      const { profile } = app.as('waiter');
      await profile.update.mutate({ bio: version === 0 ? '' : 'There is one.' });

      const outcomes = await parallel(20, (at) =>
        outcomeOf(profile.update.mutate({ bio: `Number ${at}.`, expectedVersion: version })),
      );

      expect([told(outcomes, 'ok'), told(outcomes, 'VERSION_CONFLICT')]).toEqual([1, 19]);
      expect(await profile.show.query()).toMatchObject({ version: version + 1 });
    },
  );

  test('D7 twenty changes of names only: one is made', async () => {
    await using app = await openApp();
    const { profile } = app.as('waiter');
    await profile.update.mutate({ bio: 'There is one.' });

    const outcomes = await parallel(20, (at) =>
      outcomeOf(profile.update.mutate({ firstName: `Number ${at}`, expectedVersion: 1 })),
    );

    expect([told(outcomes, 'ok'), told(outcomes, 'VERSION_CONFLICT')]).toEqual([1, 19]);
    const rows = await auditOf(app, 'profile.update');
    expect(rows.filter(({ target }) => target === 'Account')).toHaveLength(1);
  });

  test('D7 the first twenty of somebody without a profile are all made, if they name no version', async () => {
    await using app = await openApp();
    const { profile } = app.as('waiter');

    const outcomes = await parallel(20, (at) =>
      outcomeOf(profile.update.mutate({ bio: `Number ${at}.` })),
    );

    expect(told(outcomes, 'ok')).toBe(20);
    expect(await profile.show.query()).toMatchObject({ version: 20 });
  });
});

describe('one name for many', () => {
  test('D7 ten people take it at once: one has it', async () => {
    await using app = await openApp();
    const people = await app.given.people(Array.from({ length: 10 }, () => ({})));

    const outcomes = await Promise.all(
      people.map((person) => outcomeOf(app.as(person).profile.update.mutate({ username: 'neo' }))),
    );

    expect([told(outcomes, 'ok'), told(outcomes, 'NAME_TAKEN')]).toEqual([1, 9]);
    const accounts = await Promise.all(people.map((person) => accountOf(app, person)));
    expect(accounts.filter(({ username }) => username === 'neo')).toHaveLength(1);
  });
});
