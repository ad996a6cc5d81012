import { type Reader, readingDeletedToo } from '@comanda/storage/reading';
import type { Picture } from './files.entity.ts';

/** The ids of those that hang nowhere since before then, and of those that were being taken away. */
export async function loosePictures(
  { em }: Reader,
  { before, limit }: { before: Date; limit: number },
): Promise<string[]> {
  const rows = await readingDeletedToo<typeof Picture>(em)
    .selectFrom('Picture')
    .where('looseSince', '<', before)
    .select('id')
    .orderBy('looseSince')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}
