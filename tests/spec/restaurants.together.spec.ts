import { listenToStatements } from '@comanda/storage/statements';
import { expect, test } from 'vitest';
import { openApp } from '../app.ts';
import { ask } from '../http.ts';

const LIST = '/trpc/menu.list';

test('calls that begin together look at their restaurant once, and each is told its own', async () => {
  await using app = await openApp();
  await app.given.item({ name: 'Soup' });
  const { restaurantId } = app.home;
  const named = `${LIST}?input=${encodeURIComponent(JSON.stringify({ json: { restaurantId } }))}`;
  await ask(app, LIST);
  let looks = 0;
  listenToStatements(app.house.database, ({ text }) => {
    if (/from .restaurant./.test(text)) looks += 1;
  });

  const said = await Promise.all(
    [LIST, named, LIST, named, LIST].map(async (address) => (await ask(app, address)).text()),
  );

  expect(looks).toBe(2);
  expect(said.every((text) => text.includes('Soup'))).toBe(true);
});

test('a call that begins after a change is told of it', async () => {
  await using app = await openApp();
  await app.given.item({ name: 'Soup' });
  await ask(app, LIST);

  await app.as('manager').restaurants.pause.mutate({});
  const said = await (await ask(app, LIST)).text();

  expect(said).toContain('"because":"PAUSED"');
});
