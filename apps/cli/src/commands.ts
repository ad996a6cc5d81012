import { ask } from './asking.ts';
import type { Procedure } from './catalogue.ts';
import type { Command, Desk } from './desk.ts';
import { DOCTOR, examine } from './doctor/doctor.ts';
import { Misuse, NotSignedIn } from './exits.ts';
import { flagOf, understood } from './flags.ts';
import { helpOn, listOf, USAGE } from './help.ts';
import { EXPORTING, exportMenu } from './menu/exporting.ts';
import { IMPORTING, importMenu } from './menu/importing.ts';
import { signInOf } from './remote.ts';
import { PLAN, planShifts } from './shifts/plan.ts';
import { signIn, signOut } from './signing-in.ts';
import { importStaff, STAFF_IMPORTING } from './staff/importing.ts';

/** What is done here; every other word is a procedure of the service. */
const OWN: Record<string, { does: Command; help: string }> = {
  help: { does: ({ terminal }) => terminal.say(USAGE), help: USAGE },
  'sign-in': { does: signingIn, help: USAGE },
  'sign-out': { does: signingOut, help: USAGE },
  who: { does: who, help: USAGE },
  list: { does: list, help: USAGE },
  call: { does: procedure, help: USAGE },
  doctor: { does: examine, help: DOCTOR },
  'menu export': { does: exportMenu, help: EXPORTING },
  'menu import': { does: importMenu, help: IMPORTING },
  'staff import': { does: importStaff, help: STAFF_IMPORTING },
  'shifts plan': { does: planShifts, help: PLAN },
};

/** `menu import` is ours; `menu.import`, and anything behind `call`, is the procedure. */
export async function run(desk: Desk, typed: string[]): Promise<number | void> {
  const words = typed.length > 0 ? typed : ['help'];
  for (const count of [2, 1]) {
    const name = words.slice(0, count).join(' ');
    const own = Object.hasOwn(OWN, name) ? OWN[name] : undefined;
    const args = words.slice(count);
    if (!own) continue;
    if (desk.help && !(name === 'call' && args.length > 0)) return desk.terminal.say(own.help);
    return own.does(desk, args);
  }
  return procedure(desk, words);
}

async function signingIn({ service, folder, terminal }: Desk, args: string[]): Promise<void> {
  const { values, positionals } = understood(args, { 'restaurant-id': { type: 'string' } });
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
  if (words.length === 0) throw new Misuse('Usage: comanda call <procedure> [flags]');
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
  const below = [
    ...Object.entries(OWN).map(([own, { help: told }]) => ({
      name: own,
      summary: summaryOf(told),
    })),
    ...procedures.values(),
  ].filter((one) => one.name.startsWith(`${name}.`) || one.name.startsWith(`${name} `));
  if (below.length === 0) {
    throw new Misuse(`Nothing here is called ${words[0]}: comanda list shows what is.`);
  }
  terminal.say(listOf(below));
}

/** The first sentence below how it is used. */
function summaryOf(told: string): string {
  const [, sentence = ''] = /\n\n([^]+?\.)\s/.exec(told) ?? [];
  return sentence;
}

/** `clock-in` is `clockIn`, as with flags. */
function named(procedures: Map<string, Procedure>, said: string): Procedure | undefined {
  const flat = flagOf(said);
  return procedures.get(said) ?? [...procedures.values()].find(({ name }) => flagOf(name) === flat);
}
