import { openAsBlob } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Client, StreamEvent } from '@comanda/client';
import type { Procedure } from './catalogue.ts';
import { Misuse } from './exits.ts';
import { inputFrom } from './flags.ts';
import type { Terminal } from './terminal.ts';

/** A client by names that are known only when it runs. */
interface Ask {
  query(input: unknown): Promise<unknown>;
  mutate(input: unknown): Promise<unknown>;
  subscribe(input: unknown, options: { signal: AbortSignal }): AsyncIterable<StreamEvent<unknown>>;
}

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
  const events = at.subscribe(input, { signal: over.signal });
  for await (const event of events) terminal.tellNext(event);
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
