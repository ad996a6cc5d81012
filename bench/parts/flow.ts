import { cheaper, type Part } from '../findings.ts';
import { openNaiveHouse } from '../naive-house.ts';
import { openOurHouse } from '../our-house.ts';
import { sideBySide } from '../rounds.ts';
import { called } from '../sides.ts';
import { NAIVE, OURS } from '../subject-names.ts';

/** Each a customer with a cart of their own. */
const CALLERS = 4;

export const flow: Part = {
  name: 'flow',
  about: 'three things into a cart, and an order of them',
  run: async (pace) => {
    await using house = await openOurHouse();
    await using naive = await openNaiveHouse(house);
    const itemIds = house.menu.map(({ id }) => id);
    const common = { turn: 'flow', callers: CALLERS } as const;
    const race = await sideBySide(pace, [
      { ...common, ...called(house), told: { itemIds, tokens: house.tokens } },
      { ...common, ...called(naive), told: { itemIds, tokens: naive.tokens } },
    ]);
    const [of, to] = [race.cpu(OURS), race.cpu(NAIVE)];
    const what = 'three cart.add and orders.place';
    return [
      {
        title: 'An order, from an empty cart',
        about: `Three \`cart.add\` and one \`orders.place\`, four customers at once; a turn is all four calls. Both
databases sync each commit. Ours also keeps an audit trail, an outbox for live views, stock, the answer under its
key, prices that were seen and opening hours; the naive stack has none of them.`,
        series: race.series,
        targets: [
          cheaper({ what: `${what}, against the naive stack`, of, to, gate: 6, moonshot: 10 }),
        ],
      },
    ];
  },
};
