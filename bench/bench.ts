import { parseArgs } from 'node:util';
import { keep, type MeasuredPart, measuredPart, writeRun } from './figures.ts';
import { type Finding, type Pace, type Part, reaches } from './findings.ts';
import { seriesTable, targetsTable } from './page/tables.ts';
import { PARTS } from './parts/all.ts';

// `npm run bench`: measures ours beside others in one run, and ends with 1 when a gate is missed.
const FULL: Pace = {
  quick: false,
  keep: false,
  rounds: 5,
  roundMs: 2_000,
  warmMs: 3_000,
  tries: 4,
};
const QUICK: Pace = { ...FULL, quick: true, rounds: 3, roundMs: 800, warmMs: 1_500, tries: 1 };

const HELP = `npm run bench [-- <part> …] [-- --quick | --keep]

Measures what calls take beside others who do the same in the same run. Leave the machine alone meanwhile.

  --quick  a short look: what it says may be off by a half
  --keep   writes bench/figures.json, of which \`npm run docs\` makes docs/performance.md
  --help   this

Parts; without any named, all of them:
${PARTS.map(({ name, about }) => `  ${name.padEnd(14)} ${about}`).join('\n')}

Every run leaves its figures in bench/runs. It ends with 1 when a gate is missed, or a part cannot be measured.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const strange = positionals.filter((name) => !PARTS.some((part) => part.name === name));
if (strange.length > 0) console.error(`There is no part ${strange.join(', ')}.\n`);
if (strange.length > 0 || values.help) console.log(HELP);
else if (values.quick && values.keep) console.error('A quick look is not worth keeping.');
else await bench();
if (strange.length > 0 || (values.quick && values.keep)) process.exitCode = 2;

async function bench(): Promise<void> {
  const pace = { ...(values.quick ? QUICK : FULL), keep: values.keep };
  const chosen = PARTS.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  const parts: MeasuredPart[] = [];
  const failed: string[] = [];
  for (const part of chosen) {
    console.log(`\n## ${part.name}: ${part.about}`);
    const findings = await measured(part, pace);
    if (findings) parts.push(measuredPart(part, findings));
    else failed.push(part.name);
  }
  console.log(`\nThe figures are in ${writeRun({ parts })}.`);
  if (pace.keep) keep({ parts }, PARTS);
  const missed = parts
    .flatMap(({ findings }) => findings.flatMap(({ targets }) => targets))
    .filter((target) => !reaches(target, 'gate'));
  if (missed.length > 0) console.log(`\nMissed:\n\n${targetsTable(missed)}`);
  if (failed.length > 0) console.log(`\nNot measured: ${failed.join(', ')}.`);
  process.exitCode = missed.length + failed.length > 0 ? 1 : 0;
}

/** A part that cannot be measured does not keep the others from it. */
async function measured(part: Part, pace: Pace): Promise<Finding[] | undefined> {
  const since = performance.now();
  try {
    const findings = await part.run(pace);
    for (const { title, series, targets } of findings) {
      console.log(`\n### ${title}\n\n${seriesTable(series)}`);
      if (targets.length > 0) console.log(`\n${targetsTable(targets)}`);
    }
    console.log(`\n(${Math.round((performance.now() - since) / 1_000)} s)`);
    return findings;
  } catch (error) {
    console.error(error);
    return undefined;
  }
}
