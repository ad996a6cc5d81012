import type { Command } from '../desk.ts';
import { EXITS, exitOf, Misuse } from '../exits.ts';
import { understood } from '../flags.ts';
import { plain } from '../telling.ts';
import { alreadyHere, hire, knownNames, type Outcome, outcomeOf } from './hiring.ts';
import { PasswordFile } from './passwords.ts';
import { peopleIn } from './staff-file.ts';

export const STAFF_IMPORTING = `Usage: comanda staff import <file> [flags]

Hires everybody in a CSV, or in a list in YAML; - reads what is piped in. The columns, or fields:

  username, email, phone  one of them at least; each is a name to sign in with
  firstName, lastName     what they are called
  role                    needed; comanda permissions mine shows the roles that you give
  level                   1 to 5, where it is lower than that of the role
  password                else one is made, and told this once
  existing                in place of names and password: invites somebody who has an account

A file with anything wrong in it is told line by line, and nobody is hired. Then one after the
other; whoever is refused, such as somebody who works here already, is told, and the others are
hired. Run again it hires nobody twice. Within the quota; what is used up is waited for.

  --dry-run               looks through it, and hires nobody
  --passwords <path>      writes the passwords that were made to a new file for you alone
  --format <yaml|csv>     else as the file is called
  --restaurant-id <text>  else the one of the sign-in`;

export const importStaff: Command = async ({ service, terminal }, args) => {
  const { values, positionals } = understood(args, {
    'dry-run': { type: 'boolean' },
    format: { type: 'string' },
    passwords: { type: 'string' },
    'restaurant-id': { type: 'string' },
  });
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0) throw new Misuse('Usage: comanda staff import <file>');
  const { format, passwords, 'restaurant-id': restaurantId } = values;
  const isDry = values['dry-run'] === true;
  const client = service.patientClient(terminal.waiting);
  const { mayGive } = await client.permissions.mine.query();
  const rows = peopleIn({ path, format }, mayGive);
  const known = await knownNames(client, restaurantId);
  const file = passwords === undefined || isDry ? undefined : new PasswordFile(passwords);
  const people: Outcome[] = [];
  let stopped: unknown;
  let isOver = false;
  process.once('SIGINT', () => {
    isOver = true;
    terminal.note('Ends after this one; Ctrl-C once more ends at once.');
  });
  for (const row of rows) {
    const here = alreadyHere(row, known);
    const done =
      here || isOver || isDry
        ? { outcome: here ?? outcomeOf(row, 'untried'), stopped: undefined }
        : await hire(client, row, restaurantId);
    const { password, ...outcome } = done.outcome;
    const isWritten = password === undefined || file?.add(outcome.name, password) === true;
    const told = isWritten ? outcome : { ...outcome, password };
    people.push(told);
    terminal.line(lineOf(told, isDry));
    if (done.stopped) {
      stopped = done.stopped;
      isOver = true;
    }
  }
  const sum = sumOf(people);
  terminal.tell({ dryRun: isDry, ...sum, people }, () =>
    isDry
      ? `${sum.untried} would be hired, ${sum.refused} not.`
      : `${sum.hired} hired, ${sum.refused} refused, ${sum.untried} not tried.`,
  );
  if (stopped) terminal.complain(stopped);
  if (stopped) return exitOf(stopped);
  return sum.refused > 0 || (sum.untried > 0 && !isDry) ? EXITS.refused : EXITS.done;
};

function sumOf(people: readonly Outcome[]) {
  const count = (...states: Outcome['state'][]) =>
    people.filter(({ state }) => states.includes(state)).length;
  const [hired, refused] = [count('hired', 'invited'), count('refused', 'unknown')];
  return { hired, refused, untried: count('untried') };
}

function lineOf(outcome: Outcome, isDry: boolean): string {
  const { place, name, state, role, reason, message, password } = outcome;
  const words = {
    hired: `hired as ${role}`,
    invited: `invited as ${role}`,
    refused: `refused: ${reason}: ${message}`,
    unknown: `perhaps hired as ${role}: ${message}`,
    untried: isDry ? `would be hired as ${role}` : 'not tried',
  };
  const secret = password === undefined ? '' : `, password ${password}`;
  return plain(`${place}: ${name}: ${words[state]}${secret}`);
}
