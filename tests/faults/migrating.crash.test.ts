import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { entities } from '@comanda/domains/entities';
import { connect } from '@comanda/storage/connect';
import { migrate } from '@comanda/storage/migrations';
import { describe, expect, test } from 'vitest';
import { inTurn } from '../auth/callers.ts';
import { driftOf } from '../storage/drift.ts';
import { dataFolder, run } from './server.ts';

const KILLS = 5;
const CRASHING = fileURLToPath(new URL('crashing-migration.ts', import.meta.url));
const NEVER = 0;

function migration(address: string, nth: number) {
  return run(process.execPath, [CRASHING, address, String(nth)]).exited;
}

describe('a migration that is killed', () => {
  test('K9 P24 leaves a database that the next start brings up to date all the same', async () => {
    using folder = dataFolder();
    const uncut = await migration(`sqlite:${join(folder.path, 'uncut')}`, NEVER);
    const statements = Number(/^(\d+) statements$/m.exec(uncut.output)?.[1]);
    const address = `sqlite:${join(folder.path, 'comanda.sqlite')}`;

    const killed = await inTurn(KILLS, (at) =>
      migration(address, Math.ceil((statements * (at + 1)) / (KILLS + 1))),
    );
    const database = await connect(address, entities);
    const steps = await migrate(database);
    const missing = await driftOf(database);
    await database.close();

    expect(killed.map(({ signal }) => signal)).toEqual(killed.map(() => 'SIGKILL'));
    expect(steps.length).toBeGreaterThan(0);
    expect(missing).toBe('');
  });
});
