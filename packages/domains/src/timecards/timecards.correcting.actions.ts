import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { acrossRestaurants } from '@comanda/storage/tenancy';
import { inTransaction } from '@comanda/storage/transaction';
import type { StaffContext } from '../context.ts';
import { heldPerson } from '../people/people.holding.actions.ts';
import { Correction, Timecard } from './timecards.entity.ts';
import { timecardErrors } from './timecards.errors.ts';
import { cardBeside, showTimecard } from './timecards.reads.ts';
import { breaksUntil, cardIssues } from './timecards.rules.ts';
import type { CorrectTimecard, KeptBreak, TimecardView } from './timecards.schema.ts';

/** Writes another time on somebody else’s card, with the reason; what stood there before is kept. */
export function correctTimecard(ctx: StaffContext, input: CorrectTimecard): Promise<TimecardView> {
  return inTransaction(ctx, async (ctx) => {
    const { em, actor, restaurantId, clock } = ctx;
    const card = await namedCard(ctx, input);
    if (card.personId === actor.id) throw timecardErrors.OWN_CARD();
    const works = await heldPerson(ctx, card.personId);
    const { inAt = card.inAt, outAt = card.outAt } = input;
    const breaks = breaksOf(card, input, outAt);
    const wanted = { inAt, outAt, breaks };
    const issues = cardIssues(wanted, clock.now());
    if (issues.length > 0) throw kernelErrors.VALIDATION({ issues, more: 0 });
    const reach = works(restaurantId) ? acrossRestaurants(em) : em;
    await refuseBeside(reach, { card, inAt, until: outAt ?? clock.now() });
    em.create(Correction, {
      restaurantId,
      cardId: card.id,
      byId: actor.id,
      byName: actor.name.slice(0, 200),
      reason: input.reason,
      inAt: card.inAt,
      outAt: card.outAt,
      breaks: card.breaks,
    });
    Object.assign(card, { ...wanted, openFor: outAt ? null : card.personId, flag: null });
    await em.flush();
    return showTimecard(ctx, card.id);
  });
}

async function namedCard(
  { em }: StaffContext,
  { cardId, expectedVersion }: CorrectTimecard,
): Promise<Timecard> {
  const card = await em.findOne(Timecard, cardId);
  if (!card) throw kernelErrors.NOT_FOUND({ what: 'timecard' });
  if (expectedVersion !== undefined && expectedVersion !== card.version) {
    throw kernelErrors.VERSION_CONFLICT();
  }
  return card;
}

/** As they were said, and the one that is on; else as they were, until the end. */
function breaksOf(card: Timecard, input: CorrectTimecard, outAt: Date | null): KeptBreak[] {
  const said = breaksIn(input);
  if (outAt) return said ?? breaksUntil(card.breaks, outAt);
  return said ? [...said, ...card.breaks.filter(({ endedAt }) => endedAt === null)] : card.breaks;
}

function breaksIn({ breaks }: CorrectTimecard): KeptBreak[] | undefined {
  return breaks?.map(({ paid, startedAt, endedAt }) => ({
    paid,
    startedAt: startedAt.getTime(),
    endedAt: endedAt.getTime(),
    cut: false,
  }));
}

/** What somebody does elsewhere concerns whoever they work for now, and is not told to them either. */
async function refuseBeside(
  em: StaffContext['em'],
  { card, inAt, until }: { card: Timecard; inAt: Date; until: Date },
): Promise<void> {
  const { personId, id: but } = card;
  const other = await cardBeside({ em }, { personId, but, inAt, until });
  if (!other) return;
  const { restaurantId, ...times } = other;
  throw timecardErrors.CARD_OVERLAP({ with: restaurantId === card.restaurantId ? times : null });
}
