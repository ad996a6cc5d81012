import { join } from 'node:path';
import { entities } from '@comanda/domains/entities';
import { connect } from '@comanda/storage/connect';
import { migrate } from '@comanda/storage/migrations';
import { createSchema } from '@comanda/storage/scratch';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inTurn } from '../auth/callers.ts';
import { findMariadbd, type Mariadb, startMariadb } from '../mariadb/server.ts';
import { driftOf } from '../storage/drift.ts';
import { compiled, dyingMigration, losingAnAnswer, madeOf, statementsIn } from './migrating.ts';
import { dataFolder } from './server.ts';

const KILLS = 5;
/** In soak, while a statement is being carried out. */
const MOMENT = process.env['SOAK_ROUNDS'] ? ('under way' as const) : ('before' as const);
const spread = (statements: number, at: number) => Math.ceil((statements * (at + 1)) / (KILLS + 1));

afterAll(() => compiled[Symbol.dispose]());

describe('a migration that is killed', () => {
  test('K9 P24 leaves a file that the next start brings up to date all the same', async () => {
    using folder = dataFolder();
    const statements = await statementsIn(`sqlite:${join(folder.path, 'uncut')}`);
    const address = `sqlite:${join(folder.path, 'comanda.sqlite')}`;

    const killed = await inTurn(KILLS, (at) =>
      dyingMigration(address, { nth: spread(statements, at), moment: 'before' }),
    );
    const made = await madeOf(address);

    expect(killed.map(({ signal }) => signal)).toEqual(killed.map(() => 'SIGKILL'));
    expect(made).toBe(await madeOf(`sqlite:${join(folder.path, 'uncut')}`));
  });
});

const mariadbd = findMariadbd();
/** Elsewhere the setup has said what is left out. */
const onMariadb = mariadbd === null ? [] : [mariadbd];

describe.each(onMariadb)('a migration on a server that commits every statement, %s', (found) => {
  let mariadb: Mariadb;
  beforeAll(async () => {
    mariadb = await startMariadb(found, { durable: false });
  });
  afterAll(() => mariadb?.stop());
  let schemas = 0;
  const schema = () => createSchema(mariadb.url, `migrating_${++schemas}`);

  test('K9 P24 converges wherever it is killed, before and after each statement', async () => {
    const folder = 'steps/few';
    const statements = await statementsIn(await schema(), folder);
    const cuts = Array.from({ length: statements }, (_, at) => ({ nth: at + 1, moment: MOMENT }));
    const uncut = await madeOf(await schema(), folder);

    const ends = await twoByTwo(cuts, async (cut) => {
      const address = await schema();
      const { signal } = await dyingMigration(address, cut, folder);
      return { ...cut, signal, isWhole: (await madeOf(address, folder)) === uncut };
    });

    expect(uncut).toContain('rack');
    expect(ends).toEqual(cuts.map((cut) => ({ ...cut, signal: 'SIGKILL', isWhole: true })));
  });

  test('K9 P24 knows a statement of any kind that was done, though nobody heard of it', async () => {
    const folder = 'steps/every';
    const uncut = await madeOf(await schema(), folder);
    const ends: boolean[] = [];

    for (let nth = 1, isCut = true; isCut; nth += 1) {
      const address = await schema();
      isCut = await losingAnAnswer(address, nth, folder);
      ends.push((await madeOf(address, folder)) === uncut);
    }

    expect(uncut).toContain('jar');
    expect(ends.length).toBeGreaterThan(40);
    expect(ends).toEqual(ends.map(() => true));
  });

  test('K9 P24 of the house’s own steps goes on from every place where it was killed', async () => {
    const uncut = await schema();
    const statements = await statementsIn(uncut);
    const address = await schema();

    const killed = await inTurn(KILLS, (at) =>
      dyingMigration(address, { nth: spread(statements, at), moment: 'under way' }),
    );
    const made = await madeOf(address);

    expect(killed.map(({ signal }) => signal)).toContain('SIGKILL');
    expect(made).toBe(await madeOf(uncut));
    const database = await connect(address, entities);
    expect(await driftOf(database)).toBe('');
    await database.close();
  });

  test('P24 that runs into what others have made says so, and again at the next start', async () => {
    const address = await schema();
    const database = await connect(address, []);
    await database.orm.em.getConnection().execute('create table tin (mine int)');
    const reason = (error: Error) => error.message;

    const first = await madeOf(address, 'steps/every').catch(reason);
    const second = await madeOf(address, 'steps/every').catch(reason);
    await database.orm.em.getConnection().execute('drop table tin');
    const third = await madeOf(address, 'steps/every');

    await database.close();
    expect(first).toContain("Table 'tin' already exists");
    expect(second).toBe(first);
    expect(third).toBe(await madeOf(await schema(), 'steps/every'));
  });

  test('P24 that another version began otherwise is left to that version', async () => {
    const address = await schema();
    await dyingMigration(address, { nth: 12, moment: 'before' }, 'steps/every');
    const database = await connect(address, []);
    await database.orm.em.getConnection().execute("update migration_progress set digest = 'other'");

    const said = await madeOf(address, 'steps/every').catch((error: Error) => error.message);

    await database.close();
    expect(said).toContain('Another version of Comanda has begun the step every-kind');
  });

  test('P24 leaves no notes behind', async () => {
    const database = await connect(await schema(), []);

    await migrate(database);

    const notes = await database.orm.em.getConnection().execute("show tables like '%progress'");
    await database.close();
    expect(notes).toEqual([]);
  });
});

/** Each of them, two at a time. */
async function twoByTwo<From, To>(all: From[], work: (one: From) => Promise<To>): Promise<To[]> {
  const done: To[] = [];
  for (let at = 0; at < all.length; at += 2) {
    done.push(...(await Promise.all(all.slice(at, at + 2).map(work))));
  }
  return done;
}
