import { entities } from '@comanda/domains/entities';
import { connect } from '@comanda/storage/connect';
import { migrate } from '@comanda/storage/migrations';
import { mkdirSync } from 'node:fs';
import { loadConfig } from '../config.ts';

export async function runMigrations(): Promise<void> {
  const { databaseUrl, databaseTls, dataDir } = await loadConfig();
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const database = await connect(databaseUrl, entities, databaseTls);
  const steps = await migrate(database);
  await database.close();
  console.log(steps.length > 0 ? `Done: ${steps.join(', ')}` : 'The database is up to date.');
}
