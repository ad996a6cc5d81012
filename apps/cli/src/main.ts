import { run } from './commands.ts';
import { exitOf } from './exits.ts';
import { Folder, folderOf } from './folder.ts';
import { Service } from './remote.ts';
import { Terminal } from './terminal.ts';

const { COMANDA_URL, COMANDA_TOKEN } = process.env;
const { url = COMANDA_URL, json, help, rest } = common(process.argv.slice(2));
const terminal = new Terminal({ json });

try {
  const folder = new Folder(folderOf(process.env));
  const service = new Service(folder, { url: url || undefined, token: COMANDA_TOKEN || undefined });
  process.exitCode = (await run({ service, folder, terminal, help }, rest)) ?? 0;
} catch (error) {
  terminal.complain(error);
  process.exitCode = exitOf(error);
}

/** What may stand anywhere; all else is for whatever is called. */
function common(args: string[]) {
  const rest: string[] = [];
  let url: string | undefined;
  let json = false;
  let help = false;
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    if (arg === '--json') json = true;
    else if (arg === '--help' || arg === '-h') help = true;
    else if (arg === '--url') url = args[(at += 1)];
    else if (arg.startsWith('--url=')) url = arg.slice('--url='.length);
    else rest.push(arg);
  }
  return { url, json, help, rest };
}
