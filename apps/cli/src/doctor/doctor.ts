import type { Command } from '../desk.ts';
import { EXITS, Misuse } from '../exits.ts';
import { plain } from '../telling.ts';
import type { Finding } from './findings.ts';
import { folderIsOurs } from './here.ts';
import { reached, ready, understands } from './over-there.ts';
import { quotaLeft, signedIn } from './standing.ts';

export const DOCTOR = `Usage: comanda doctor

Looks whether the service is reached, how soon it answers, whether its clock is that of this
machine, whether it is ready and of a version that this command fits, who is signed in, what is left
of the quota, and whether the pass is kept for you alone. It changes nothing.

Every line is ok, warn or bad, the latter two with what to do. Ends with 1 where one is bad, else 0.`;

export const examine: Command = async ({ service, folder, terminal }, args) => {
  if (args.length > 0) throw new Misuse('Usage: comanda doctor');
  const { url } = service;
  const client = service.client();
  const first = await reached(url);
  const isThere = first.some(({ what }) => what === 'latency');
  const findings = [
    ...first,
    ...(isThere ? [await ready(url), await understands(client), await signedIn(client)] : []),
    ...(isThere ? await quotaLeft(client) : []),
    folderIsOurs(folder),
  ];
  const isWell = findings.every(({ state }) => state !== 'bad');
  terminal.tell({ well: isWell, findings }, () => findings.map(lineOf).join('\n'));
  return isWell ? EXITS.done : EXITS.failed;
};

function lineOf({ what, state, message, advice }: Finding): string {
  const line = `${state.padEnd(4)}  ${what.padEnd(8)}  ${plain(message)}`;
  return advice === undefined ? line : `${line}\n${' '.repeat(16)}${plain(advice)}`;
}
