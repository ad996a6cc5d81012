import { hire } from '../crew.ts';
import { cheaper, type Part, seriesOf } from '../findings.ts';
import { undisturbed } from '../processor.ts';
import { CPU } from '../rounds.ts';
import { OURS } from '../subject-names.ts';
import type { TokenOrder, TokenReport } from '../token-meter.ts';

export const tokens: Part = {
  name: 'tokens',
  about: 'a token that was seen before, against a check of its signature',
  run: async ({ rounds, roundMs, warmMs, tries }) => {
    await using meter = hire<TokenOrder, TokenReport>('./token-meter.ts');
    await meter.tell({ forMs: warmMs / 2 });
    const found: TokenReport[] = [];
    for (let nth = 0; nth < rounds; nth += 1) {
      found.push(await undisturbed(() => meter.tell({ forMs: roundMs / 2 }), tries));
    }
    const common = { measure: CPU, unit: 'us' } as const;
    const of = seriesOf(
      { ...common, subject: OURS },
      found.map(({ ours }) => ours),
    );
    const to = seriesOf(
      { ...common, subject: 'jose, HS256' },
      found.map(({ jose }) => jose),
    );
    return [
      {
        title: 'A token that was seen before',
        about: `In a loop, without HTTP. Ours remembers what a good token said, and still looks whether its time is over
and its key in use; who may still come in is looked up on every call, and not counted here.`,
        series: [of, to],
        targets: [
          cheaper({
            what: 'a token again, against one check by jose',
            of,
            to,
            gate: 5,
            moonshot: 20,
          }),
        ],
      },
    ];
  },
};
