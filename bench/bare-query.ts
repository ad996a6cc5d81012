import type { BareOrder, BareReport } from './bare-server.ts';
import type { CrowdOrder, CrowdReport } from './crowd.ts';
import { hire, type Hired } from './crew.ts';
import type { MeterOrder, MeterReport } from './meter.ts';
import { cpuMsOf, undisturbed } from './processor.ts';
import { median, round } from './statistics.ts';

const ROUNDS = 9;
const ROUND_MS = 3_000;
const WARM_MS = 6_000;
const CONNECTIONS = 16;
const CHARGES = 300_000;

export interface Cost {
  queryUs: number;
  quotasUs: number;
  /** Of a query's time. */
  percent: number;
}

/** What quotas take of the barest query there can be: CPU of the server, and of a loop that does nothing but count. */
export async function measureCost(rounds = ROUNDS): Promise<Cost> {
  await using server = hire<BareOrder, BareReport>('./bare-server.ts');
  await using crowd = hire<CrowdOrder, CrowdReport>('./crowd.ts');
  await using meter = hire<MeterOrder, MeterReport>('./meter.ts');
  const { url } = await server.tell({});
  const bare = (forMs: number) => cpuUsOfQuery({ server, url, crowd, forMs });
  const charges = async () => (await meter.tell({ calls: CHARGES })).cpuUs;
  await bare(WARM_MS);
  await charges();
  const found: { query: number; quotas: number }[] = [];
  for (let n = 0; n < rounds; n += 1) {
    found.push(
      await undisturbed(async () => ({ query: await bare(ROUND_MS), quotas: await charges() })),
    );
  }
  const queryUs = median(found.map(({ query }) => query));
  const quotasUs = median(found.map(({ quotas }) => quotas));
  return {
    queryUs: round(queryUs, 0),
    quotasUs: round(quotasUs),
    percent: round((quotasUs / queryUs) * 100),
  };
}

interface Side {
  server: Hired<BareOrder, BareReport>;
  url: string;
  crowd: Hired<CrowdOrder, CrowdReport>;
  forMs: number;
}

async function cpuUsOfQuery({ server, url, crowd, forMs }: Side): Promise<number> {
  const before = cpuMsOf(server.pid);
  const told = { path: '/trpc/lab.bare' };
  const order: CrowdOrder = { url, turn: 'ask', told, callers: CONNECTIONS, forMs };
  const { answered, statuses } = await crowd.tell(order);
  if (statuses[200] !== answered) throw new Error(`Refused: ${JSON.stringify(statuses)}`);
  return ((cpuMsOf(server.pid) - before) * 1_000) / answered;
}
