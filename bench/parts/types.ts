import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CALLS } from '@comanda/client/scripts/measure';
import { cheaper, type Finding, type Pace, type Part, type Series } from '../findings.ts';
import { round } from '../statistics.ts';

const CLIENT = fileURLToPath(new URL('../../packages/client/', import.meta.url));
/** Nobody keeps what is built. */
const BUILT = 'dist/bench';

const PACKAGE = 'Comanda, as it is published';
const ROUTED = 'Comanda, as it is published, through /router';
const SOURCE = 'the source of the router';
const WAYS = {
  [PACKAGE]: `import { createClient } from '@comanda/client';
const client = createClient({ url: '' });`,
  [ROUTED]: `import type { AppRouter } from '@comanda/client/router';
import { createTRPCClient } from '@trpc/client';
const client = createTRPCClient<AppRouter>({ links: [] });`,
  [SOURCE]: `import type { AppRouter } from '@comanda/domains/router';
import { createTRPCClient } from '@trpc/client';
const client = createTRPCClient<AppRouter>({ links: [] });`,
};
type Way = keyof typeof WAYS;

export const types: Part = {
  name: 'types',
  about: 'what a program that calls everything costs its compiler',
  run: (pace) => {
    const folder = join(CLIENT, BUILT);
    try {
      execFileSync(process.execPath, ['scripts/build.ts', BUILT], { cwd: CLIENT });
      return Promise.resolve([measured(folder, pace)]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

function measured(folder: string, pace: Pace): Finding {
  const consumer = furnished(folder);
  const ways = Object.keys(WAYS) as Way[];
  const series: Series[] = [];
  const calls = new Map<Way, Series>();
  for (const subject of ways) {
    const [first] = checkedIn(consumer, { way: subject, calls: 1, times: 1 });
    const all = checkedIn(consumer, {
      way: subject,
      calls: CALLS.length,
      times: pace.quick ? 1 : 2,
    });
    const most = all[0]?.instantiations ?? 0;
    const each = (most - (first?.instantiations ?? 0)) / (CALLS.length - 1);
    const made = { subject, unit: 'instantiations' as const };
    const call: Series = { ...made, measure: 'types made for a call', rounds: [round(each, 1)] };
    calls.set(subject, call);
    series.push(
      call,
      { ...made, measure: 'types made in all', rounds: [most] },
      { subject, measure: 'time to check', unit: 'ms', rounds: all.map(({ checkMs }) => checkMs) },
    );
  }
  const fewer = (way: Way, what: string) => {
    const [of, to] = [calls.get(way), calls.get(SOURCE)];
    return of && to ? [cheaper({ what, of, to, gate: 5, moonshot: 8 })] : [];
  };
  return {
    title: 'Types',
    about: `A program that calls each of the ${CALLS.length} procedures once, checked by TypeScript in one thread: with the
declarations of the package as it is published, and against the source of the router. In all, the source has to be
checked with the program; the ratios leave that out, and count what the calls but the first add.`,
    series,
    targets: [
      ...fewer(PACKAGE, 'types made for a call, against the router’s source'),
      ...fewer(ROUTED, 'types made for a call through /router, against the router’s source'),
    ],
  };
}

/** Inside of the repository, where the source is found; the package that was built lies nearer. */
function furnished(folder: string): string {
  const consumer = join(folder, 'consumer');
  const published = join(consumer, 'node_modules/@comanda/client');
  mkdirSync(published, { recursive: true });
  cpSync(join(folder, 'package'), published, { recursive: true });
  return consumer;
}

interface Checked {
  instantiations: number;
  checkMs: number;
}

interface Program {
  way: Way;
  /** How many of them; the first is dear. */
  calls: number;
  times: number;
}

function checkedIn(consumer: string, { way, calls, times }: Program): Checked[] {
  const some = CALLS.slice(0, calls);
  const answers = some.map((call, nth) => `export const answer${nth} = ${call};`);
  const project = {
    extends: fileURLToPath(new URL('../../tsconfig.base.json', import.meta.url)),
    compilerOptions: { lib: ['es2024', 'dom'] },
    files: ['calls.ts'],
  };
  writeFileSync(join(consumer, 'calls.ts'), [WAYS[way], ...answers].join('\n'));
  writeFileSync(join(consumer, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(consumer, 'tsconfig.json'), JSON.stringify(project));
  return Array.from({ length: times }, () => checked(consumer));
}

function checked(consumer: string): Checked {
  const args = ['-p', consumer, '--extendedDiagnostics', '--singleThreaded'];
  const { stdout } = spawnSync('tsc', args, { encoding: 'utf8' });
  if (stdout.includes('error TS')) throw new Error(stdout.slice(0, 1_000));
  const [, instantiations] = /^Instantiations: +(\d+)$/m.exec(stdout) ?? [];
  const [, seconds] = /^Check time: +([\d.]+)s$/m.exec(stdout) ?? [];
  return { instantiations: Number(instantiations), checkMs: Math.round(Number(seconds) * 1_000) };
}
