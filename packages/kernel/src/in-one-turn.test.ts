import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { InOneTurn } from './in-one-turn.ts';

/** Answers how often it was looked. */
function counting() {
  const turns = new InOneTurn<number>();
  let times = 0;
  return { ask: (key: string) => turns.ask(key, async () => (times += 1)), times: () => times };
}

test('what is asked for in one turn is looked for once, after all have asked', async () => {
  const { ask, times } = counting();

  const first = ask('a');
  await Promise.resolve();
  const second = ask('a');

  expect(times()).toBe(0);
  expect(await Promise.all([first, second])).toEqual([1, 1]);
});

test('what is asked for later is looked for again', async () => {
  const { ask } = counting();
  await ask('a');

  expect(await ask('a')).toBe(2);
});

test('what is asked for while it is being found is looked for again', async () => {
  const turns = new InOneTurn<string>();
  const { promise: found, resolve } = Promise.withResolvers<string>();
  const first = turns.ask('a', () => found);
  await nextTurn();
  await nextTurn();

  const second = turns.ask('a', async () => 'new');
  resolve('old');

  expect(await Promise.all([first, second])).toEqual(['old', 'new']);
});

test('other keys are looked for by themselves', async () => {
  const { ask } = counting();

  expect(await Promise.all([ask('a'), ask('b'), ask('a')])).toEqual([1, 2, 1]);
});

test('a failure is told to all who asked, and to nobody later', async () => {
  const turns = new InOneTurn<string>();
  const fails = () => {
    throw new Error('of the search');
  };
  const told = await Promise.allSettled([turns.ask('a', fails), turns.ask('a', fails)]);

  expect(told.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await turns.ask('a', async () => 'found')).toBe('found');
});
