import { describe, expect, test } from 'vitest';
import { Together } from './together.ts';

/** Knows every number but seven, and writes down what it was asked. */
function asking() {
  const asked: (readonly string[])[] = [];
  const together = new Together(async (keys) => {
    asked.push([...keys]);
    if (keys.includes('no')) throw new Error('away');
    return new Map(keys.filter((key) => key !== '7').map((key) => [key, Number(key)]));
  });
  return { together, asked };
}

const upTo = (last: number) => Array.from({ length: last }, (_, at) => String(at + 1));

describe('asking together', () => {
  test('what is asked for at once is one question, and each has their own answer', async () => {
    const { together, asked } = asking();

    const answers = await Promise.all(upTo(8).map((key) => together.ask(key)));

    expect(answers).toEqual([1, 2, 3, 4, 5, 6, undefined, 8]);
    expect(asked).toEqual([upTo(8)]);
  });

  test('what is asked for later is a question of its own, though the first is not answered yet', async () => {
    const { together, asked } = asking();
    const first = together.ask('1');
    await Promise.resolve();

    await Promise.all([first, together.ask('2')]);

    expect(asked).toEqual([['1'], ['2']]);
  });

  test('no question is longer than a database takes', async () => {
    const { together, asked } = asking();

    const answers = await Promise.all(upTo(1_100).map((key) => together.ask(key)));

    expect(answers[1_099]).toBe(1_100);
    expect(asked.map(({ length }) => length)).toEqual([512, 512, 76]);
  });

  test('who asks along with what cannot be answered is told so, and nobody after', async () => {
    const { together } = asking();

    const answers = await Promise.allSettled([together.ask('1'), together.ask('no')]);

    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await together.ask('1')).toBe(1);
  });
});
