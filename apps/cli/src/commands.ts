import { parseArgs } from 'node:util';
import { ask } from './asking.ts';
import type { Procedure } from './catalogue.ts';
import { Misuse, NotSignedIn } from './exits.ts';
import { flagOf } from './flags.ts';
import type { Folder } from './folder.ts';
import { helpOn, listOf, USAGE } from './help.ts';
import { type Service, signInOf } from './remote.ts';
import { signIn, signOut } from './signing-in.ts';
import type { Terminal } from './terminal.ts';

interface Desk {
  service: Service;
  folder: Folder;
  terminal: Terminal;
  /** What it takes is asked for, and not that it be done. */
  help: boolean;
}

type Command = (desk: Desk, args: string[]) => Promise<void> | void;

/** What is done here; every other word is a procedure of the service. */
const OWN: Record<string, Command> = {
  help: ({ terminal }) => terminal.say(USAGE),
  'sign-in': signingIn,
  'sign-out': signingOut,
  who,
  list,
};

export async function run(desk: Desk, [command = 'help', ...args]: string[]): Promise<void> {
  const own = Object.hasOwn(OWN, command) ? OWN[command] : undefined;
  if (!own) return procedure(desk, [command, ...args]);
  return desk.help ? desk.terminal.say(USAGE) : own(desk, args);
}

async function signingIn({ service, folder, terminal }: Desk, args: string[]): Promise<void> {
  const { values, positionals } = understood(args);
  const [identifier, ...more] = positionals;
  if (identifier === undefined || more.length > 0) {
    throw new Misuse('Usage: comanda sign-in <name> [--restaurant-id <id>]');
  }
  const { url } = service;
  const who = { url, identifier, restaurantId: values['restaurant-id'] };
  const { name, expiresAt } = await signIn(folder, who);
  terminal.tell(
    { name, url, expiresAt },
    () => `${name} is signed in at ${url} until ${expiresAt.toLocaleString()}.`,
  );
}

async function signingOut({ folder, terminal }: Desk): Promise<void> {
  const { name, ended } = await signOut(folder);
  terminal.tell({ name, ended }, () =>
    ended
      ? `${name} is signed out.`
      : `${name} is forgotten here. The service was not told; the pass ends within a day.`,
  );
}

function who({ folder, terminal }: Desk): void {
  const known = signInOf(folder);
  if (!known) throw new NotSignedIn('Nobody is signed in here: comanda sign-in <name>.');
  const { name, url, expiresAt } = known;
  terminal.tell({ name, url, expiresAt });
}

async function list({ service, terminal }: Desk, [word = '']: string[]): Promise<void> {
  const found = [...(await service.procedures()).values()].filter(({ name, summary }) =>
    `${name} ${summary}`.toLowerCase().includes(word.toLowerCase()),
  );
  if (found.length === 0) throw new Misuse(`Nothing here is called ${word}.`);
  terminal.tell(
    found.map(({ name, summary, kind }) => ({ name, summary, kind })),
    () => listOf(found),
  );
}

/** `orders list` is `orders.list`, and `orders` alone shows what is in it. */
async function procedure({ service, terminal, help }: Desk, words: string[]): Promise<void> {
  const procedures = await service.procedures();
  const firstFlag = words.findIndex((word) => word.startsWith('-'));
  const spoken = firstFlag < 0 ? words : words.slice(0, firstFlag);
  for (let count = spoken.length; count > 0; count -= 1) {
    const found = named(procedures, spoken.slice(0, count).join('.'));
    if (!found) continue;
    if (help) return terminal.say(helpOn(found));
    return ask(service.client(), { procedure: found, args: words.slice(count) }, terminal);
  }
  const name = spoken.join('.');
  const below = [...procedures.values()].filter((one) => one.name.startsWith(`${name}.`));
  if (below.length === 0) {
    throw new Misuse(`Nothing here is called ${words[0]}: comanda list shows what is.`);
  }
  terminal.say(listOf(below));
}

/** `clock-in` is `clockIn`, as with flags. */
function named(procedures: Map<string, Procedure>, said: string): Procedure | undefined {
  const flat = flagOf(said);
  return procedures.get(said) ?? [...procedures.values()].find(({ name }) => flagOf(name) === flat);
}

function understood(args: string[]) {
  try {
    const options = { 'restaurant-id': { type: 'string' } } as const;
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new Misuse(error instanceof Error ? error.message : String(error));
  }
}
