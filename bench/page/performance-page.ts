import type { Figures, MeasuredPart } from '../figures.ts';
import { type Finding, reaches, type Target } from '../findings.ts';
import { BESIDE_PEERS } from '../peers.ts';
import { bars } from './bars.ts';
import { curves } from './curves.ts';
import { gauges } from './gauges.ts';
import { missedText } from './missed.ts';
import { seriesTable, table, targetsTable } from './tables.ts';

/** The page, and its pictures by their names in docs/pictures. */
export interface Page {
  text: string;
  pictures: Record<string, string>;
}

/** docs/performance.md */
export function performancePage({ parts }: Figures): Page {
  const pictures: Record<string, string> = {};
  const shown = (name: string, alt: string, drawn: string) => {
    const file = `performance-${name}.svg`;
    pictures[file] = drawn;
    return `![${alt}](pictures/${file})`;
  };
  const targets = parts.flatMap(({ findings }) => findings.flatMap((finding) => finding.targets));
  const title = 'How far from the least that is asked';
  const text = `${HEAD}
## Targets

${countOf(targets)}

${shown('targets', title, gauges(title, targets))}

${targetsTable(targets)}

## Against Django and Vendure

${BESIDE}

${targetsTable(BESIDE_PEERS)}

## What falls short, and why

${missedText(parts)}

${parts.map((part) => partText(part, shown)).join('\n\n')}

## On what

${table(
  ['part', 'measured on', 'Node', 'cores', 'processor'],
  parts.map(({ name, on, node, cores, processor }) => [name, on, node, String(cores), processor]),
)}
`;
  return { text, pictures };
}

const HEAD = `# How fast it is

Measured by \`npm run bench\`, made from \`bench/figures.json\` by \`npm run docs\`. Why it is measured this way is in
[decision 049](decisions/049-ratios-measured-in-one-run.md).

## How to read this

The time that a server's process spends on a processor for one call, in microseconds: a thousand calls a second of 500
µs keep half a core busy. The machine makes the load as well, over 127.0.0.1, and it is a slow one: **take the ratios,
not the microseconds.** Whoever is compared is measured in the same run, in turns (A B C A B C …). All hold the same
menu of 1,000 items in 8 categories; pages of it are looked at before, and have to be the same. A cell is the median of
the rounds; p50 and p99 are how long a caller waited with 16 at a time, load and servers on the same cores, and say less.

- **Comanda** is the server as it ships, on a database file, with all that it does at every call: quotas, log, metrics,
  tenancy, validation of what goes in and out. Only the budgets of quotas are widened.
- **The naive stack** is what the manuals of the same libraries lead to: tRPC's plugin for Fastify, MikroORM's entities
  (\`findAndCount\`, unit of work), superjson, zod on what goes in and out, a token checked by jose at every call. It does
  much less: no quotas, audit, tenancy, opening hours or live views.
- **Stock tRPC**, **bare Fastify** and **bare node:http** do nothing but answer: they show what these layers cost by
  themselves.

“3 x cheaper” is a third of the other's processor time, “0.5 x cheaper” twice as much. The least is what the project
asks of itself, the goal what it would like.

What is near its limit may fall on the other side of it on another machine, as it did on one
([decision 049](decisions/049-ratios-measured-in-one-run.md)).

## How to run it

\`npm run bench -- menu flow\` measures two parts, \`npm run bench\` all of them, \`npm run bench -- --quick\` takes a
short look, \`npm run bench -- --help\` tells more. Leave the machine alone meanwhile. It prints these tables, writes
what it found to a file of the run, and ends with 1 when something falls short of the least. It needs Linux; what is
measured on MariaDB or with Redis needs these.
`;

const BESIDE = `\`npm run bench\` does not install these two. They were measured beside ours once, in turns on one machine, at about the
time of the figures on this page: Django 3.2 with REST framework under gunicorn, Vendure 3.7, both on SQLite, with the
same 1,000 items. [Decision 049](decisions/049-ratios-measured-in-one-run.md) says how. They do not do the
same: a page of theirs is less than half of ours in bytes, a refresh of Django's signs a token that nobody can take
back and writes nothing, where ours writes down, synced, that the one before is used up; Vendure's order takes eight calls.`;

function countOf(targets: readonly Target[]): string {
  const kept = targets.filter((target) => reaches(target, 'gate')).length;
  const goals = targets.filter((target) => reaches(target, 'moonshot')).length;
  return `${kept} of ${targets.length} reach the least, ${goals} of these the goal; the rest fall short as the table says.
The dots stand in multiples of the least, with the range of the rounds; the short line is the goal.`;
}

type Shown = (name: string, alt: string, drawn: string) => string;

function partText({ name, about, findings }: MeasuredPart, shown: Shown): string {
  const plain = findings.filter(({ along }) => along === undefined);
  const title = `${about.charAt(0).toUpperCase()}${about.slice(1)}`;
  const picture = plain.length > 0 ? [shown(name, title, bars(title, plain))] : [];
  const texts = findings.map((finding, nth) =>
    findingText(finding, { shown, name: `${name}-${nth + 1}` }),
  );
  return [`## ${title}`, ...picture, ...texts].join('\n\n');
}

function findingText(finding: Finding, { shown, name }: { shown: Shown; name: string }): string {
  const { title, about, series, along } = finding;
  const picture = along === undefined ? [] : [shown(name, title, curves(finding))];
  return [`### ${title}`, about, ...picture, seriesTable(series)].join('\n\n');
}
