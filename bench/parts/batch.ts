import { hire } from '../crew.ts';
import { type Part, ratio } from '../findings.ts';
import { openOurHouse } from '../our-house.ts';
import { sideBySide } from '../rounds.ts';
import { bearer } from '../sides.ts';
import { OURS } from '../subject-names.ts';
import type { Serving } from '../subjects/serving.ts';
import type { StockTrpcOrder } from '../subjects/stock-trpc.ts';

const TEN = 10;
const STOCK = 'stock tRPC, hello';

export const batch: Part = {
  name: 'batch',
  about: 'ten small calls in one request, against one',
  run: async (pace) => {
    await using house = await openOurHouse();
    await using stock = hire<StockTrpcOrder, Serving>('./subjects/stock-trpc.ts');
    const { url } = await stock.tell({});
    const headers = bearer(house.managerToken);
    const ours = { pids: house.pids, url: house.server.url, turn: 'ask' } as const;
    const theirs = { pids: { server: stock.pid }, url, turn: 'ask' } as const;
    const race = await sideBySide(pace, [
      { ...ours, subject: OURS, told: { path: '/trpc/permissions.mine', headers } },
      { ...ours, subject: `${OURS}, ten`, told: { path: tenOf('permissions.mine'), headers } },
      { ...theirs, subject: STOCK, told: { path: '/trpc/hello' } },
      { ...theirs, subject: `${STOCK}, ten`, told: { path: tenOf('hello') } },
    ]);
    const [of, to] = [race.cpu(`${OURS}, ten`), race.cpu(OURS)];
    return [
      {
        title: 'Ten calls in one request',
        about: `\`permissions.mine\`, which looks nothing up but who asks, ten times in one request against once; and
the same with tRPC’s own way of a word.`,
        series: race.series,
        targets: [
          ratio({
            what: 'ten calls in one request, of one',
            of,
            to,
            gate: 5,
            moonshot: 3,
            atMost: true,
          }),
        ],
      },
    ];
  },
};

function tenOf(procedure: string): string {
  return `/trpc/${Array.from({ length: TEN }, () => procedure).join(',')}?batch=1`;
}
