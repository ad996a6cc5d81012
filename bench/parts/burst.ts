import { PASSWORD } from '@comanda/testing/given';
import type { CrowdOrder, CrowdReport } from '../crowd.ts';
import { hire } from '../crew.ts';
import { type Part, ratio, type Series, seriesOf } from '../findings.ts';
import { openOurHouse } from '../our-house.ts';
import { undisturbed } from '../processor.ts';

const GUESTS = 8;
const LOGINS_AT_ONCE = 4;

export const burst: Part = {
  name: 'burst',
  about: 'the menu while many people sign in, against alone',
  run: async ({ rounds, roundMs, warmMs, tries }) => {
    await using house = await openOurHouse();
    await using guests = hire<CrowdOrder, CrowdReport>('./crowd.ts');
    await using staff = hire<CrowdOrder, CrowdReport>('./crowd.ts');
    const { url } = house.server;
    const told = { place: { limit: 20 } };
    const identifiers = house.customers.map(({ username }) => username);
    const look = (forMs: number) =>
      guests.tell({ url, turn: 'page', told, callers: GUESTS, forMs });
    const signIn = (forMs: number) =>
      staff.tell({
        url,
        turn: 'login',
        callers: LOGINS_AT_ONCE,
        forMs,
        told: { identifiers, password: PASSWORD },
      });
    await Promise.all([look(warmMs), signIn(warmMs)]);
    const found: { alone: CrowdReport; amid: CrowdReport }[] = [];
    for (let nth = 0; nth < rounds; nth += 1) {
      const round = async () => {
        const alone = await look(roundMs);
        const [amid] = await Promise.all([look(roundMs), signIn(roundMs)]);
        return { alone, amid };
      };
      found.push(await undisturbed(round, tries));
    }
    const series = (['alone', 'amid'] as const).flatMap((side) =>
      (['p50', 'p99'] as const).map((measure) =>
        seriesOf(
          { subject: NAMES[side], measure, unit: 'ms' },
          found.map((round) => round[side][`${measure}Ms`]),
        ),
      ),
    );
    const p99Of = (side: 'alone' | 'amid') => p99In(series, NAMES[side]);
    return [
      {
        title: 'The menu while people sign in',
        about: `The first page of the menu, read from the database at every call, eight callers at once; alone, and beside
four who sign in as fast as they are let in. How long a call took, on the caller’s side.`,
        series,
        targets: [
          ratio({
            what: 'p99 of the menu while people sign in, of that alone',
            of: p99Of('amid'),
            to: p99Of('alone'),
            gate: 1.5,
            moonshot: 1.1,
            atMost: true,
          }),
        ],
      },
    ];
  },
};

const NAMES = { alone: 'the menu alone', amid: 'amid logins' };

function p99In(series: readonly Series[], subject: string): Series {
  const one = series.find((each) => each.subject === subject && each.measure === 'p99');
  if (!one) throw new Error(`Nothing is known of ${subject}.`);
  return one;
}
