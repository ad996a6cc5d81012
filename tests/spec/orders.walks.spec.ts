import { describe, expect, test } from 'vitest';
import { openApp } from '../app.ts';
import { inTurn } from '../auth/callers.ts';
import { STANDINGS } from '../orders/reviewed-moves.ts';
import { Walk } from '../orders/walking.ts';

describe('everybody does whatever comes to their minds', () => {
  test.each([
    ['dine_in', 12],
    ['pickup', 2],
    ['delivery', 22],
  ] as const)(
    'D12-5 %s: nextStates tells what advance does, and what is over stays over (seed %i)',
    async (type, seed) => {
      await using app = await openApp();
      const walk = await Walk.begun(app, { type, seed });

      await inTurn(110, () => walk.step());

      expect(walk.wrong).toEqual([]);
      expect(walk.moves).toBeGreaterThan(20);
      expect(walk.over.length).toBeGreaterThan(3);
      expect(await walk.reopened()).toEqual(walk.over);
      const everywhere = STANDINGS.filter(([one]) => one === type).map(([, state]) => state);
      expect([...walk.visited].toSorted()).toEqual(everywhere.toSorted());
    },
  );
});
