import type { Database } from '@comanda/storage/connect';
import { withoutTriggers } from '@comanda/storage/migrations';

interface Schema {
  getUpdateSchemaSQL(): Promise<string>;
}

/** What the entities ask for and the database has not, as statements. */
export async function driftOf({ orm }: Database): Promise<string> {
  const { schema } = orm as unknown as { schema: Schema };
  const missing = withoutTriggers(await schema.getUpdateSchemaSQL());
  return missing.replace('set names utf8mb4;', '').trim();
}
