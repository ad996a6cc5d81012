import { setTimeout as pause } from 'node:timers/promises';
import { hire, type Hired } from '../crew.ts';
import { cheaper, type Finding, type Pace, type Part, type Series, seriesOf } from '../findings.ts';
import { cpuUsOf } from '../growth/threads.ts';
import { markOf } from '../live/event.ts';
import type { HallOrder, HallReport } from '../live/hall.ts';
import type { ListenersOrder, ListenersReport } from '../live/listeners.ts';
import { OURS } from '../subject-names.ts';

const CROWDS = [1_000, 5_000];
const QUICK_CROWDS = [1_000];
/** As the server lets each person have. */
const STREAMS_EACH = 5;
const WARM = 2;
const FIRST = 900_000;
/** What one event has set in motion is over by then. */
const CALM_MS = 500;
const IDLE_MS = 3_000;

const STOCK = 'stock tRPC';
const BARE = 'bare node:http';
const HALLS = {
  [BARE]: './live/bare-hall.ts',
  [STOCK]: './live/stock-hall.ts',
  [OURS]: './live/our-hall.ts',
};

const CPU = 'CPU of a delivery';
const LAST = 'time to the last delivery';
const RSS = 'memory of a listener';
const HEAP = 'heap of a listener';
const IDLE = 'CPU of a listener who hears nothing, in a second';

export const live: Part = {
  name: 'live',
  about: 'one event to all who watch orders',
  run: async (pace) => {
    const series: Series[] = [];
    const crowds = pace.quick ? QUICK_CROWDS : CROWDS;
    for (const count of crowds) {
      for (const subject of Object.keys(HALLS) as Subject[]) {
        series.push(...(await weighed({ subject, count, pace })));
      }
    }
    return [finding(series, crowds.at(-1) ?? 0)];
  },
};

type Subject = keyof typeof HALLS;

interface Weighing {
  subject: Subject;
  count: number;
  pace: Pace;
}

type Listeners = Hired<ListenersOrder, ListenersReport>;
type Hall = Hired<HallOrder, HallReport>;

async function weighed({ subject, count, pace }: Weighing): Promise<Series[]> {
  await using hall: Hall = hire(HALLS[subject]);
  await using listeners: Listeners = hire('./live/listeners.ts');
  const { url, tokens } = await hall.tell({ ask: 'open', people: count / STREAMS_EACH });
  const empty = await hall.tell({ ask: 'weigh' });
  await listeners.tell({ ask: 'join', url, tokens, count });
  const deliveries: Delivery[] = [];
  for (let nth = 0; nth < WARM + pace.rounds; nth += 1) {
    const delivery = await delivered({ hall, listeners }, { number: FIRST + nth, count });
    if (nth >= WARM) deliveries.push(delivery);
  }
  const full = await hall.tell({ ask: 'weigh' });
  const before = cpuUsOf(hall.pid);
  await pause(IDLE_MS);
  const idleUs = ((cpuUsOf(hall.pid) - before) / IDLE_MS) * 1_000;
  const each = (more: number) => [more / count];
  const of = (measure: string, unit: Series['unit'], rounds: number[]): Series =>
    seriesOf({ subject, measure, unit, at: count }, rounds);
  const cpuUs = deliveries.map((one) => one.cpuUs / count);
  const lastMs = deliveries.map((one) => one.lastMs);
  return [
    of(CPU, 'us', cpuUs),
    of(LAST, 'ms', lastMs),
    of(RSS, 'KB', each(full.rssKb - empty.rssKb)),
    of(HEAP, 'KB', each(full.heapKb - empty.heapKb)),
    of(IDLE, 'us', each(idleUs)),
  ];
}

interface Delivery {
  cpuUs: number;
  lastMs: number;
}

async function delivered(
  { hall, listeners }: { hall: Hall; listeners: Listeners },
  { number, count }: { number: number; count: number },
): Promise<Delivery> {
  await listeners.tell({ ask: 'expect', mark: markOf(number) });
  await pause(CALM_MS);
  const before = cpuUsOf(hall.pid);
  const { atMs } = await hall.tell({ ask: 'tell', number, listeners: count });
  const { lastMs } = await listeners.tell({ ask: 'heard' });
  return { cpuUs: cpuUsOf(hall.pid) - before, lastMs: lastMs - atMs };
}

function finding(series: Series[], most: number): Finding {
  const find = (subject: Subject, measure: string) => {
    const found = series.find(
      (one) => one.subject === subject && one.measure === measure && one.at === most,
    );
    if (!found) throw new Error(`Nobody measured ${measure} of ${subject}`);
    return found;
  };
  const against = (measure: string, limits: { gate: number; moonshot: number }) =>
    cheaper({
      what: `${measure}, ${most.toLocaleString('en')} listeners, against a stock tRPC subscription`,
      of: find(OURS, measure),
      to: find(STOCK, measure),
      ...limits,
    });
  return {
    title: 'Live orders',
    about: `One event of an order's card to everybody who listens, each over a connection of their own. Ours is
\`orders.watch\` of the whole server: the event goes through the database, and every listener's session is looked at.
The stock subscription is \`on()\` and \`tracked()\` with superjson by tRPC's plugin for Fastify, and lets in anybody;
bare node:http writes the same text down once. One server after the other. Ours lets ${STREAMS_EACH} streams in for each
person and 500 in all: these limits are lifted here.`,
    along: 'listeners',
    series,
    targets: [
      against(CPU, { gate: 3, moonshot: 6 }),
      against(RSS, { gate: 3, moonshot: 5 }),
      against(LAST, { gate: 3, moonshot: 6 }),
    ],
  };
}
