import { openAsBlob } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Client, StreamEvent, StreamOptions } from '@comanda/client';
import type { Procedure } from './catalogue.ts';
import { Misuse } from './exits.ts';
import { inputFrom } from './flags.ts';
import { orderLines } from './orders/watching.ts';
import type { Terminal } from './terminal.ts';

/** A client by names that are known only when it runs. */
interface Ask {
  query(input: unknown): Promise<unknown>;
  mutate(input: unknown): Promise<unknown>;
  subscribe(input: unknown, options: StreamOptions): AsyncIterable<StreamEvent<unknown>>;
}

/** Streams that are told in lines of their own. */
const LINES = new Map([['orders.watch', orderLines]]);

/** Asks what was typed, and tells the answer; of a stream every event, until it is stopped. */
export async function ask(
  client: Client,
  { procedure, args }: { procedure: Procedure; args: string[] },
  terminal: Terminal,
): Promise<void> {
  const at = procedureOf(client, procedure.name);
  if (procedure.kind === 'upload') return terminal.tell(await at.mutate(await fileFrom(args)));
  const input = inputFrom(args, procedure);
  if (procedure.kind !== 'subscribe') return terminal.tell(await at[procedure.kind](input));
  const over = new AbortController();
  process.once('SIGINT', () => over.abort());
  const options = { signal: over.signal, onState: comings(terminal) };
  const inLine = LINES.get(procedure.name)?.();
  for await (const event of at.subscribe(input, options)) terminal.tellNext(event, inLine);
}

/** Says when a stream loses its connection, and when it has one again. */
function comings(terminal: Terminal): StreamOptions['onState'] {
  let before: 'none' | 'open' | 'lost' = 'none';
  return (state) => {
    if (state !== 'open') {
      if (before === 'open') terminal.note('The connection was lost; trying to come back …');
      if (before === 'open') before = 'lost';
      return;
    }
    if (before === 'lost') terminal.note('Connected again.');
    before = 'open';
  };
}

function procedureOf(client: Client, name: string): Ask {
  const folder = name
    .split('.')
    .reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], client);
  return folder as Ask;
}

async function fileFrom(args: string[]): Promise<Blob> {
  const { values } = parseArgs({ args, options: { file: { type: 'string' } } });
  if (values.file === undefined) throw new Misuse('--file <path> is missing.');
  return openAsBlob(values.file).catch(() => {
    throw new Misuse(`${values.file} cannot be read.`);
  });
}
