import type { CrowdOrder, CrowdReport } from './crowd.ts';
import { hire } from './crew.ts';
import { type Pace, type Series, seriesOf } from './findings.ts';
import { cpuMsOf, undisturbed } from './processor.ts';
import type { Turn } from './turns.ts';

const CALLERS = 16;

/** Who is called, and how. */
export interface Contestant {
  subject: string;
  pids: { server: number; database?: number | undefined };
  url: string;
  turn: Turn;
  told: unknown;
  callers?: number;
  /** The status of each answer. */
  status?: number;
}

interface Round {
  cpuUs: number;
  databaseUs: number;
  p50Ms: number;
  p99Ms: number;
}

export interface Race {
  series: Series[];
  /** What a turn takes of the processor of that subject's server. */
  cpu(subject: string): Series;
}

/** One after the other, round by round: what disturbs one round disturbs all of them alike. */
export async function sideBySide(pace: Pace, contestants: readonly Contestant[]): Promise<Race> {
  await using stack = new AsyncDisposableStack();
  const lanes = contestants.map((contestant) => {
    const crowd = stack.use(hire<CrowdOrder, CrowdReport>('./crowd.ts'));
    return {
      contestant,
      rounds: [] as Round[],
      run: (forMs: number) => measured({ contestant, crowd, forMs }),
    };
  });
  for (const { run } of lanes) await run(pace.warmMs);
  for (let nth = 0; nth < pace.rounds; nth += 1) {
    for (const { rounds, run } of lanes) {
      rounds.push(await undisturbed(() => run(pace.roundMs), pace.tries));
    }
  }
  const series = lanes.flatMap(({ contestant, rounds }) => seriesIn(contestant, rounds));
  return { series, cpu: (subject) => found(series, { subject, measure: CPU }) };
}

export const CPU = 'processor';
const OF_DATABASE = 'processor of the database';

interface Wanted {
  subject: string;
  measure: string;
}

function found(series: readonly Series[], { subject, measure }: Wanted): Series {
  const one = series.find((each) => each.subject === subject && each.measure === measure);
  if (!one) throw new Error(`Nothing is known of the ${measure} of ${subject}.`);
  return one;
}

interface Lane {
  contestant: Contestant;
  crowd: { tell(order: CrowdOrder): Promise<CrowdReport> };
  forMs: number;
}

async function measured({ contestant, crowd, forMs }: Lane): Promise<Round> {
  const { subject, pids, url, turn, told, callers = CALLERS, status = 200 } = contestant;
  const before = cpuOf(pids);
  const order = { url, turn, told, callers, forMs };
  const { answered, statuses, p50Ms, p99Ms } = await crowd.tell(order);
  const after = cpuOf(pids);
  if (answered === 0 || statuses[status] !== answered) {
    throw new Error(`${subject} answered otherwise: ${JSON.stringify(statuses)}`);
  }
  const each = (ms: number) => (ms * 1_000) / answered;
  const cpuUs = each(after.server - before.server);
  return { cpuUs, databaseUs: each(after.database - before.database), p50Ms, p99Ms };
}

function cpuOf({ server, database }: Contestant['pids']) {
  return { server: cpuMsOf(server), database: database === undefined ? 0 : cpuMsOf(database) };
}

function seriesIn({ subject, pids }: Contestant, rounds: readonly Round[]): Series[] {
  const one = (measure: string, unit: 'us' | 'ms', part: keyof Round) =>
    seriesOf(
      { subject, measure, unit },
      rounds.map((round) => round[part]),
    );
  return [
    one(CPU, 'us', 'cpuUs'),
    ...(pids.database === undefined ? [] : [one(OF_DATABASE, 'us', 'databaseUs')]),
    one('p50', 'ms', 'p50Ms'),
    one('p99', 'ms', 'p99Ms'),
  ];
}
