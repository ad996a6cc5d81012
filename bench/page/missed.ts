import type { MeasuredPart } from '../figures.ts';
import { reaches } from '../findings.ts';

/** Why a part falls short of what is asked, as far as its profile tells. */
export const WHY: Record<string, string> = {
  menu: `Bare Fastify runs the same statement and is done: a page of ours takes 2.2 times as much, and 1.8 times in another run
of the same evening. Beside the statement it is whose call it is and what it costs them, which restaurant and how its hours stand
this minute, each field checked on its way out, the text with superjson's marks, the tag of its bytes, the counters: none
of them takes much more than a tenth by itself. What many ask alike is not made anew at all: that is the kept page, which is
handed out before Fastify has heard of it.`,
  flow: `Each of the four calls is one synced transaction, and ours writes more in it: the trail of the audit, events for
live views, the answer under its key, what is left of the stock, the edition of the menu. An addition to a cart touches some
nine pages of the database file and an order fifty, rows and their indexes; each goes into SQLite's log with a checksum of
its own. In the profile below SQLite is more than half, most of it the commit: these are samples of time, and a commit waits
for the disk. Of the processor's time SQLite is a quarter, syncs and writes included; the rest is spread over all that a call
passes, and no function stands out. Several calls in one commit would save an eighth
([decision 050](decisions/050-one-commit-for-each-call.md)).`,
  place: `As for the whole order above: one synced commit, and beside the order its audit trail, its event, the kept answer
and the stock; the unit of work that stands beside it writes the order and its lines. On MariaDB each statement is a
way to the server and back, ours takes more of them, and they are sent one after the other. To send what nobody waits for
along with the next statement halves the ways and was tried: it saved a tenth on one machine, and needs connections that take
more than one statement at a time, on which any slip in quoting is worth far more to whoever finds it.`,
  quotas: `Quotas take a quarter of what they took when the limit was set, and the query that they are measured by
a fifteenth: the share grew because the rest shrank. A hundredth of it would be less than their two header fields take to be
put together.`,
  burst: `Two cores hold the server, the load and one hash at a time: three who want to run. What a page waits for is a
core, and not a queue; and the shorter it takes alone, the more the same wait is in multiples of it. With a third core for
the hash there is nothing to wait for.`,
};

/** What falls short, part by part, and why; by the headings of the parts. */
export function missedText(parts: readonly MeasuredPart[]): string {
  return parts
    .filter(isShort)
    .map(
      ({ name, about }) =>
        `**${about.charAt(0).toUpperCase()}${about.slice(1)}.** ${WHY[name] ?? ''}`,
    )
    .join('\n\n');
}

export function isShort({ findings }: MeasuredPart): boolean {
  return findings.some(({ targets }) => targets.some((target) => !reaches(target, 'gate')));
}
