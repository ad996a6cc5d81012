import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { type Server, startServer } from '../../tests/faults/server.ts';
import type { CrowdOrder, CrowdReport } from '../crowd.ts';
import { hire } from '../crew.ts';
import { type Finding, type Pace, type Part, seriesOf } from '../findings.ts';
import { cpuMsOf } from '../processor.ts';
import { openOurHouse, type OurHouse } from '../our-house.ts';
import { OURS } from '../subject-names.ts';

const CALM_MS = 2_000;
const CALLERS = 16;
/** Each takes seconds. */
const STARTS = 5;

export const start: Part = {
  name: 'start',
  about: 'how soon a server answers, and how much memory it takes',
  run: async (pace) => {
    await using house = await openOurHouse();
    await stopped(house.server);
    await started(house, pace); // what a start has read of programs is kept for the next
    const starts: Start[] = [];
    for (let nth = 0; nth < Math.min(pace.rounds, STARTS); nth += 1)
      starts.push(await started(house, pace));
    return [finding(starts)];
  },
};

interface Start {
  ms: number;
  cpuMs: number;
  idleMb: number;
  loadedMb: number;
}

async function started({ premises }: OurHouse, { roundMs }: Pace): Promise<Start> {
  const since = performance.now();
  await using server = await startServer(premises);
  const { status } = await fetch(`${server.url}/health`);
  const ms = performance.now() - since;
  const cpuMs = cpuMsOf(server.pid);
  if (status !== 200) throw new Error(`/health answers ${status}`);
  await pause(CALM_MS);
  const idleMb = memoryMbOf(server.pid);
  await using crowd = hire<CrowdOrder, CrowdReport>('./crowd.ts');
  const told = { place: { limit: 20 } };
  await crowd.tell({ url: server.url, turn: 'page', told, callers: CALLERS, forMs: roundMs });
  const loadedMb = memoryMbOf(server.pid);
  await stopped(server);
  return { ms, cpuMs, idleMb, loadedMb };
}

async function stopped(server: Server): Promise<void> {
  server.kill('SIGTERM');
  await server.exited;
}

function memoryMbOf(pid: number): number {
  const [, kb] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kb) / 1_024;
}

function finding(starts: readonly Start[]): Finding {
  const of = (measure: string, unit: 'ms' | 'MB', part: keyof Start) =>
    seriesOf(
      { subject: OURS, measure, unit },
      starts.map((one) => one[part]),
    );
  const took = of('start to the first answer', 'ms', 'ms');
  const idle = of('memory at rest', 'MB', 'idleMb');
  return {
    title: 'A start',
    about: `A server on a database of 1,000 items: from the start of its process until it has said that it is open, and
/health has answered. Memory is what the process holds: ${CALM_MS / 1_000} s later, and after a round of pages of the menu by ${CALLERS}
callers.`,
    series: [
      took,
      of('processor of a start', 'ms', 'cpuMs'),
      idle,
      of('memory after a load', 'MB', 'loadedMb'),
    ],
    targets: [],
  };
}
