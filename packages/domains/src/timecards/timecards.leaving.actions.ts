import { newId } from '@comanda/kernel/id';
import { HOUR } from '@comanda/kernel/time';
import { acrossRestaurants, within } from '@comanda/storage/tenancy';
import { inTransaction } from '@comanda/storage/transaction';
import type { CallContext, House } from '../context.ts';
import { heldPerson } from '../people/people.holding.actions.ts';
import { closeCard, forgetCard, openCardOf } from './timecards.closing.ts';
import { longOpen } from './timecards.reads.ts';

/** Where somebody does not work any more they are not at work either. */
export async function clockOutLeaver(
  ctx: CallContext,
  { accountId }: { accountId: string },
): Promise<void> {
  // Whoever clocks in at this moment is either seen here or refused.
  const works = await heldPerson(ctx, accountId);
  const everywhere = { ...ctx, em: acrossRestaurants(ctx.em) };
  const card = await openCardOf(everywhere, accountId);
  if (!card || works(card.restaurantId)) return;
  closeCard(card, { at: ctx.clock.now(), flag: 'deactivated' });
  await everywhere.em.flush();
}

/** No card is forgotten sooner than this. */
const SOONEST_MS = 4 * HOUR;
const AT_ONCE = 500;

/** Closes the cards that people have forgotten, in all restaurants. */
export async function closeForgotten({ database, clock }: House): Promise<void> {
  const behind = { clock, author: { ...HOUSE, requestId: newId() } };
  const em = acrossRestaurants(database, behind);
  const open = await longOpen({ em, clock }, { ms: SOONEST_MS, limit: AT_ONCE });
  for (const { personId, restaurantId } of open) {
    const ctx = { clock, em: within(database, restaurantId, behind), afterCommit: () => undefined };
    await inTransaction(ctx, (ctx) => forgetCard(ctx, personId));
  }
}

const HOUSE = {
  actorId: null,
  actorName: null,
  role: 'system',
  action: 'shifts.forgotten',
  address: null,
};
