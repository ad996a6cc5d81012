import type { AnyEntity, EntityClass } from '@mikro-orm/core';
import type { InferClassEntityDB, SqlEntityManager } from '@mikro-orm/sql';
import { type Compilable, type Kysely, NOOP_QUERY_EXECUTOR } from 'kysely';
import { building } from './reading.executor.ts';
import type { Naming } from './reading.naming.ts';
import type { Values } from './reading.slot.ts';
import { narrowing } from './reading.ts';
import { type Built, type Placeholders, RememberedQuery } from './remembering.query.ts';

/** A query that is built and compiled once, and then only asked. */
export interface Remembered<Asked, Way extends string, Row> {
  all(em: SqlEntityManager, asked: Asked, ...way: WayOf<Way>): Promise<Row[]>;
  first(em: SqlEntityManager, asked: Asked, ...way: WayOf<Way>): Promise<Row | undefined>;
}

/** Only what is built in more than one way has to be told in which. */
type WayOf<Way extends string> = string extends Way ? [] : [way: Way];

/**
 * Like a query on `reading()`, for what is asked all the time. `build` runs once for every shape of what
 * is asked: which values there are and how many are in a list. It sees no values, only their places; what
 * else a query is to depend on, such as the order of its rows, comes as the `way`.
 */
export function remembered<Entities extends EntityClass<AnyEntity>>() {
  return rememberedWhere<Entities>('hidden');
}

/** Like a query on `readingDeletedToo()`, for what is asked all the time. */
export function rememberedDeletedToo<Entities extends EntityClass<AnyEntity>>() {
  return rememberedWhere<Entities>('shown');
}

function rememberedWhere<Entities extends EntityClass<AnyEntity>>(deleted: 'hidden' | 'shown') {
  return <Asked extends object, Row, Way extends string = string>(
    build: (
      rows: Kysely<InferClassEntityDB<Entities, Naming>>,
      asked: Placeholders<Asked>,
      way: Way,
    ) => Built & Compilable<Row>,
  ): Remembered<Asked, Way, Row> => {
    const query = new RememberedQuery((asked, way) =>
      build(building(NOOP_QUERY_EXECUTOR), asked as Placeholders<Asked>, way as Way),
    );
    const all = async (em: SqlEntityManager, asked: Asked, way = '') =>
      (await query.ask(narrowing(em, deleted), asked as Values, way)) as Row[];
    return { all, first: async (...args) => (await all(...args))[0] };
  };
}
