import type { Command } from '../desk.ts';
import { EXITS, Misuse } from '../exits.ts';
import { problemInWords } from '../files/refused.ts';
import { understood } from '../flags.ts';
import { plain } from '../telling.ts';
import { People } from './people.ts';
import { type Wish, wishesIn } from './plan-file.ts';
import { liveShifts, planOf, publish, schedule } from './planning.ts';
import { WallClock } from './wall-clock.ts';
import { type Shown, weeksOf, weekTable } from './week.ts';

export const PLAN = `Usage: comanda shifts plan <file> [flags]

Plans the shifts in a CSV, or in a list in YAML, as drafts; - reads what is piped in. The columns,
or fields, at the time of the restaurant:

  person      a username, an email, a phone, a full name or an id
  date        such as 2026-12-24
  start, end  such as 17:00 and 01:30, which is the next day then
  note        for who works it

A file with anything wrong in it, or with a shift that overlaps another, is told line by line, and
nothing is planned. What the service refuses is told so, too; the others are drafts then, and nothing
is published. What is in the plan already stays, so it can be mended and run again; a shift that moves
is changed by comanda shifts update, or cancelled first.

  --publish               lets those who work them see them
  --dry-run               shows the week as it would be, and plans nothing
  --format <yaml|csv>     else as the file is called
  --restaurant-id <text>  else the one of the sign-in`;

export const planShifts: Command = async ({ service, terminal }, args) => {
  const { path, format, restaurantId, isDry, isPublishing } = asked(args);
  const client = service.patientClient(terminal.waiting);
  const { timeZone } = await client.restaurants.show.query({ restaurantId });
  const clock = new WallClock(timeZone);
  const found = wishesIn({ path, format }, await People.of(client, restaurantId), clock);
  const { mondays, span } = weeksOf(
    found.wishes.map(({ startsAt }) => startsAt),
    clock,
  );
  const live = await liveShifts(client, { ...span, restaurantId });
  const { fresh, there } = planOf(found, live, clock);
  const wishes = { fresh: isDry ? [] : fresh, restaurantId, clock };
  const progress = terminal.progress(wishes.fresh.length);
  const { planned, problems } = await schedule(client, wishes, (done) => progress.at(done)).finally(
    () => progress.end(),
  );
  const ready = isPublishing && !isDry && problems.length === 0 ? [...there, ...planned] : [];
  const published = await publish(client, ready, restaurantId);
  const now = new Map([...live, ...planned, ...published].map((shift) => [shift.id, shift]));
  const shown = [...now.values(), ...(isDry ? fresh.map(draftOf) : [])];
  const already = there.length;
  terminal.tell(
    { dryRun: isDry, timeZone, already, planned: isDry ? fresh : planned, published, problems },
    () =>
      [
        ...mondays.map((monday) => `${weekTable(monday, shown, clock)}\n`),
        ...problems.map((problem) => plain(problemInWords(problem))),
        `${isDry ? fresh.length : planned.length} ${isDry ? 'would be planned' : 'planned'}, ` +
          `${already} were there already, ${published.length} published. * is a draft.`,
      ].join('\n'),
  );
  return problems.length > 0 ? EXITS.refused : EXITS.done;
};

function asked(args: string[]) {
  const { values, positionals } = understood(args, {
    'dry-run': { type: 'boolean' },
    format: { type: 'string' },
    publish: { type: 'boolean' },
    'restaurant-id': { type: 'string' },
  });
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0) throw new Misuse('Usage: comanda shifts plan <file>');
  const { format, publish: isPublishing = false, 'dry-run': isDry = false } = values;
  return { path, format, restaurantId: values['restaurant-id'], isDry, isPublishing };
}

function draftOf({ name, startsAt, endsAt }: Wish): Shown {
  return { name, startsAt, endsAt, state: 'draft' };
}
