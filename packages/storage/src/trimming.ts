import type { Database } from './connect.ts';
import { backstage, CHUNK } from './forgetting.ts';
import { OutboxEvent, StreamHead } from './outbox.entity.ts';
import { tablesOf } from './tables.ts';
import { inTransaction } from './transaction.ts';

interface Kept {
  /** Events from before then are forgotten. */
  before: Date;
  /** How many events of one restaurant stay at most. */
  keep: number;
}

/** Forgets what watchers will not go back to: a few events at a time, and never without saying how far. */
export async function trim(database: Database, kept: Kept): Promise<void> {
  const heads = await tablesOf(backstage(database).em)
    .selectFrom(StreamHead.name)
    .select('restaurantId')
    .execute();
  for (const { restaurantId } of heads) {
    while ((await trimSome(database, restaurantId, kept)) === CHUNK);
  }
}

/** Only ever the oldest: an event whose server had a wrong clock takes no younger ones along. */
function trimSome(
  database: Database,
  restaurantId: unknown,
  { before, keep }: Kept,
): Promise<number> {
  return inTransaction(backstage(database), async ({ em }) => {
    const rows = tablesOf(em);
    const own = rows.selectFrom(StreamHead.name).where('restaurantId', '=', restaurantId);
    const { seq: newest } = (await own.select('seq').executeTakeFirstOrThrow()) as { seq: number };
    const oldest = await rows
      .selectFrom(OutboxEvent.name)
      .where('restaurantId', '=', restaurantId)
      .orderBy('seq')
      .limit(CHUNK)
      .select(['seq', 'at'])
      .execute();
    const events = oldest as unknown as OutboxEvent[];
    const stays = events.findIndex(({ seq, at }) => at >= before && seq > newest - keep);
    const gone = stays === -1 ? events : events.slice(0, stays);
    const last = gone.at(-1);
    if (!last) return 0;
    await rows
      .updateTable(StreamHead.name)
      .set({ trimmed: last.seq })
      .where('restaurantId', '=', restaurantId)
      .where('trimmed', '<', last.seq)
      .execute();
    await rows
      .deleteFrom(OutboxEvent.name)
      .where('restaurantId', '=', restaurantId)
      .where('seq', '<=', last.seq)
      .execute();
    return gone.length;
  });
}
