import type { Field, Procedure } from './catalogue.ts';
import { MEANINGS } from './exits.ts';
import { flagOf } from './flags.ts';
import { plain } from './telling.ts';

const WORDS = {
  text: 'text',
  whole: 'number',
  number: 'number',
  switch: '',
  moment: 'moment',
  json: 'json',
};

export const USAGE = [
  'Usage: comanda <procedure> [flags]        asks the service',
  '       comanda <procedure> --help         what it takes',
  '       comanda list [word]                what can be asked',
  '       comanda sign-in <name>             signs in for a day; the password is asked for, or piped in',
  '       comanda sign-out                   ends that',
  '       comanda who                        who is signed in, and where',
  '       comanda call <procedure> [flags]   the procedure itself, where a command below has its name',
  '',
  'Made of several procedures; each has a --help of its own:',
  '       comanda menu export                the whole menu, as YAML or CSV',
  '       comanda menu import <file>         brings the menu to what a file says',
  '       comanda staff import <file>        hires everybody in a file',
  '       comanda shifts plan <file>         plans the shifts of a week',
  '       comanda orders watch               a line for everything that happens to orders',
  '       comanda doctor                     looks for what is wrong, here and over there',
  '',
  'For all of them:',
  '  --url <address>   where the service is (or COMANDA_URL; else where you signed in, else http://127.0.0.1:4000)',
  '  --json            answers and failures as JSON',
  '',
  'COMANDA_TOKEN is shown in place of the pass of the sign-in.',
  '',
  'Ends with:',
  ...Object.entries(MEANINGS).map(([code, meaning]) => `  ${code}  ${meaning}`),
].join('\n');

export function listOf(procedures: Iterable<Pick<Procedure, 'name' | 'summary'>>): string {
  const shown = [...procedures];
  const width = Math.max(...shown.map(({ name }) => name.length));
  return shown.map(({ name, summary }) => `${name.padEnd(width)}  ${plain(summary)}`).join('\n');
}

export function helpOn({ name, summary, kind, fields }: Procedure): string {
  const addresses = fields.filter(({ isAddress }) => isAddress);
  const behind = addresses.map((field) => ` <${flagOf(field.name)}>`).join('');
  const rows = fields.map((field) => [`  ${usageOf(field)}`, notesOn(field)] as const);
  if (kind === 'upload') rows.unshift(['  --file <path>', 'what is uploaded; needed']);
  const width = Math.max(0, ...rows.map(([usage]) => usage.length));
  return [
    `Usage: comanda ${name}${behind}${rows.length > 0 ? ' [flags]' : ''}`,
    '',
    plain(summary),
    ...(kind === 'subscribe' ? ['Goes on until it is stopped; one line for every event.'] : []),
    ...(rows.length > 0
      ? ['', ...rows.map(([usage, notes]) => `${usage.padEnd(width)}  ${notes}`.trimEnd())]
      : []),
    ...(kind === 'upload'
      ? []
      : [
          '',
          '  --input <json>  all of it, or what has no flag; @file and - read it; flags come on top',
        ]),
  ].join('\n');
}

function usageOf({ name, kind, many }: Field): string {
  const flag = flagOf(name);
  if (kind === 'switch') return `--${flag}, --no-${flag}`;
  return `--${flag} <${WORDS[kind]}>${many ? ' …' : ''}`;
}

function notesOn({ name, required, choices, otherwise }: Field): string {
  const notes = [
    ...(name === 'idempotencyKey' ? ['made for you'] : required ? ['needed'] : []),
    ...(choices.length > 0 ? [choices.join(' | ')] : []),
    ...(otherwise === undefined || otherwise === null ? [] : [`else ${JSON.stringify(otherwise)}`]),
  ];
  return plain(notes.join('; '));
}
