import { createHash } from 'node:crypto';
import { type Migration, MigrationRunner, Migrator } from '@mikro-orm/migrations';
import type { SqlMikroORM } from '@mikro-orm/sql';

type Row = Record<string, unknown>;
type Ask = (sql: string, values?: unknown[]) => Promise<Row[]>;
type Transaction = Parameters<MigrationRunner['setMasterMigration']>[0];

const NOTES = 'migration_progress';

/**
 * MySQL and MariaDB commit every statement about tables by themselves, so a step that was cut short stays
 * half taken. Each statement is noted, and the next start goes on from there. All of it is said on one
 * connection: the lock that it holds lasts as long as its last statement does, whoever sent that.
 */
export class MigratorByStatement extends Migrator {
  readonly #held: Transaction;

  constructor({ em }: SqlMikroORM, held: unknown) {
    super(em);
    this.#held = held as Transaction;
  }

  /** Called by the constructor above, too, before there is a connection. */
  protected override createRunner(): MigrationRunner {
    const { driver, options, config } = this;
    return new RunnerByStatement(driver, options, config).on(() => this.#held);
  }

  override async up(): ReturnType<Migrator['up']> {
    const steps = await super.up();
    const ask = asking(this.driver, this.#held);
    const [notes] = await ask(
      'select 1 from information_schema.tables where table_schema = database() and table_name = ?',
      [NOTES],
    );
    if (notes) await ask(`drop table ${NOTES}`);
    return steps;
  }
}

function asking(driver: Migrator['driver'], held: Transaction): Ask {
  return (sql, values) => driver.execute<Row[]>(sql, values, 'all', held);
}

class RunnerByStatement extends MigrationRunner {
  #held: () => Transaction = () => {
    throw new Error('there is no connection');
  };

  on(held: () => Transaction): this {
    this.#held = held;
    return this;
  }

  get #ask(): Ask {
    return asking(this.driver, this.#held());
  }

  override async run(...[step, method, done]: Parameters<MigrationRunner['run']>): Promise<void> {
    step.reset();
    await step[method]();
    const statements = step.getQueries().map(String);
    const notes = new Notes(this.#ask, step);
    const { taken, inDoubt } = await notes.open(statements);
    for (const [at, statement] of statements.entries()) {
      if (at < taken) continue;
      await this.#take(statement, { notes, isInDoubt: inDoubt && at === taken });
    }
    await this.#atOnce(async () => {
      await notes.tear();
      await done?.(this.#held());
    });
  }

  async #take(statement: string, { notes, isInDoubt }: { notes: Notes; isInDoubt: boolean }) {
    if (isAboutRows(statement)) {
      await this.#atOnce(async () => {
        await this.#ask(statement);
        await notes.tick();
      });
      return;
    }
    try {
      await this.#ask(statement);
    } catch (error) {
      if (!isInDoubt || !saysDoneBefore(error)) {
        if (wasAnswered(error)) await notes.settle();
        throw error;
      }
    }
    await notes.tick();
  }

  async #atOnce(work: () => Promise<void>): Promise<void> {
    await this.#ask('start transaction');
    try {
      await work();
      await this.#ask('commit');
    } catch (error) {
      // On a lost connection this fails too, and the server does it alone.
      await this.#ask('rollback').catch(() => undefined);
      throw error;
    }
  }
}

/** How far one step has come. The statement after those that are ticked is in doubt when nobody settled it. */
class Notes {
  readonly #ask: Ask;
  readonly #step: string;

  constructor(ask: Ask, step: Migration) {
    this.#ask = ask;
    this.#step = step.name ?? step.constructor.name;
  }

  async open(statements: string[]): Promise<{ taken: number; inDoubt: boolean }> {
    const digest = createHash('sha256').update(statements.join('\n')).digest('hex');
    await this.#ask(
      `create table if not exists ${NOTES} (step varchar(200) not null primary key, digest char(64) not null, taken int not null, in_doubt tinyint(1) not null) engine = InnoDB`,
    );
    const [found] = await this.#ask(`select * from ${NOTES} where step = ?`, [this.#step]);
    if (!found) {
      await this.#ask(`insert into ${NOTES} values (?, ?, 0, 1)`, [this.#step, digest]);
      return { taken: 0, inDoubt: false };
    }
    if (found['digest'] !== digest) {
      throw new Error(
        `Another version of Comanda has begun the step ${this.#step}, which says something else there. ` +
          'Let that version end it, or restore a backup.',
      );
    }
    await this.#ask(`update ${NOTES} set in_doubt = 1 where step = ?`, [this.#step]);
    return { taken: Number(found['taken']), inDoubt: Number(found['in_doubt']) === 1 };
  }

  async tick(): Promise<void> {
    await this.#ask(`update ${NOTES} set taken = taken + 1 where step = ?`, [this.#step]);
  }

  /** The server said no to the next statement, so it cannot have been done. */
  async settle(): Promise<void> {
    await this.#ask(`update ${NOTES} set in_doubt = 0 where step = ?`, [this.#step]);
  }

  async tear(): Promise<void> {
    await this.#ask(`delete from ${NOTES} where step = ?`, [this.#step]);
  }
}

function isAboutRows(statement: string): boolean {
  return /^\s*(insert|update|delete|replace|select|with)\b/i.test(statement);
}

/** What is to be made is there, or what is to go or to be named anew is not. */
const DONE_BEFORE = new Set([
  1050, 1051, 1054, 1060, 1061, 1068, 1091, 1146, 1176, 1304, 1305, 1359, 1360, 1826, 3821, 3822,
]);
const CANNOT_CREATE = 1005;

function saysDoneBefore(error: unknown): boolean {
  const { errno, message } = error as { errno?: number; message: string };
  // A foreign key that MariaDB has under this name already: "duplicate key on write or update".
  if (errno === CANNOT_CREATE) return message.includes('errno: 121');
  return errno !== undefined && DONE_BEFORE.has(errno);
}

function wasAnswered(error: unknown): boolean {
  return typeof (error as { sqlState?: unknown }).sqlState === 'string';
}
