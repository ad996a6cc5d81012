import { randomBytes } from 'node:crypto';
import { wire } from '@comanda/kernel/wire';
import { wireText } from '@comanda/kernel/wire-text';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { executed } from './executing.ts';
import { OutboxEvent, type StreamHead } from './outbox.entity.ts';
import { type Provenance, provenanceOf } from './provenance.ts';
import { reading } from './reading.ts';
import { OneWriterDriver } from './sqlite.ts';
import { inserted, JsonText } from './writing.tables.ts';

// Events repeat what was changed, and the change is audited: nothing here is.

/** What is told: a topic to choose by, and whatever the wire can carry. */
export interface Told {
  topic: string;
  data: unknown;
}

/** Told, and at its place. */
export interface Happened extends Told {
  seq: number;
  at: Date;
}

/** How far the events of a restaurant have come. */
export interface Head {
  epoch: string;
  /** Of the newest event. */
  seq: number;
  /** Of the newest event that is not kept any more. */
  trimmed: number;
}

/** A turn in the events of a restaurant; everybody else waits for theirs until this transaction is over. */
export interface Place extends Head {
  /** Of the newest order: its own, where it asked for one. */
  orderNumber: number;
  /** Exactly as many as there were places asked for. */
  tell(events: readonly Told[]): Promise<void>;
}

interface Wanted {
  /** How many events will be told. */
  events: number;
  /** Whether an order is numbered. */
  orders?: 0 | 1;
}

/** For the next head that is put somewhere: hardly any place is the first of its restaurant. */
let spare: string | undefined;

/**
 * Takes the next places, in the transaction of the change: the order of places is the order of commits.
 * All other changes that tell something wait from here on, so it comes as late as it can.
 */
export async function nextPlace(
  em: SqlEntityManager,
  restaurantId: string,
  { events, orders = 0 }: Wanted,
): Promise<Place> {
  const { clock } = provenanceIn(em, restaurantId);
  if (!em.isInTransaction()) throw new Error('An event and what it tells of change together.');
  const offered = spare ?? newEpoch();
  spare = undefined; // nobody else offers it meanwhile
  const {
    epoch,
    seq,
    trimmed,
    orders: orderNumber,
  } = await advanced(em, [restaurantId, offered, events, 0, orders]);
  if (epoch !== offered) spare = offered;
  const first = seq - events + 1;
  let left = events;
  return {
    epoch,
    seq,
    trimmed,
    orderNumber,
    tell: async (told) => {
      left -= told.length;
      if (left !== 0) throw new Error('There are other events than places for them.');
      const at = clock.now();
      const placed = told.map(({ topic, data }, nth) => ({
        restaurantId,
        seq: first + nth,
        at,
        topic,
        data: new JsonText(wireText(data)),
      }));
      if (placed.length > 0) await inserted(em, OutboxEvent, placed);
    },
  };
}

/** Tells what has happened, as the last thing in the transaction of the change. */
export async function emit(
  em: SqlEntityManager,
  restaurantId: string,
  events: readonly Told[],
): Promise<void> {
  const place = await nextPlace(em, restaurantId, { events: events.length });
  await place.tell(events);
}

/** How far the events have come; nothing where none was ever told. */
export async function headOf(
  em: SqlEntityManager,
  restaurantId: string,
): Promise<Head | undefined> {
  provenanceIn(em, restaurantId);
  return reading<typeof StreamHead>(em)
    .selectFrom('StreamHead')
    .where('restaurantId', '=', restaurantId)
    .select(['epoch', 'seq', 'trimmed'])
    .executeTakeFirst();
}

/** The first events behind that place, and the head of the very same moment: by it a reader sees what is trimmed. */
export async function eventsAfter(
  em: SqlEntityManager,
  restaurantId: string,
  { seq, limit }: { seq: number; limit: number },
): Promise<{ head: Head | undefined; events: Happened[] }> {
  provenanceIn(em, restaurantId);
  const rows = await reading<typeof StreamHead | typeof OutboxEvent>(em)
    .selectFrom('StreamHead as head')
    .leftJoin('OutboxEvent as event', (join) =>
      join.onRef('event.restaurantId', '=', 'head.restaurantId').on('event.seq', '>', seq),
    )
    .where('head.restaurantId', '=', restaurantId)
    .orderBy('event.seq')
    .limit(limit)
    .select(['epoch', 'trimmed', 'head.seq as newest', 'event.seq', 'at', 'topic', 'data'])
    .execute();
  const [first] = rows;
  const head = first && { epoch: first.epoch, seq: first.newest, trimmed: first.trimmed };
  return { head, events: rows.flatMap(happened) };
}

type Serialized = Parameters<typeof wire.output.deserialize>[0];

function happened({ seq, at, topic, data }: { [Key in keyof Happened]: Happened[Key] | null }) {
  if (seq === null || at === null || topic === null) return [];
  return [{ seq, at, topic, data: wire.output.deserialize(data as Serialized) }];
}

/** Refuses what the unit of work does not reach. */
function provenanceIn(em: SqlEntityManager, restaurantId: string): Provenance {
  const provenance = provenanceOf(em);
  if (provenance.reach !== 'all' && provenance.reach !== restaurantId) {
    throw new Error('The events of another restaurant were about to be touched.');
  }
  return provenance;
}

const START =
  'insert into stream_head (restaurant_id, epoch, seq, trimmed, orders) values (?, ?, ?, ?, ?)';
const READ = 'select epoch, seq, trimmed, orders from stream_head where restaurant_id = ?';
const ADVANCE = {
  sqlite: `${START} on conflict (restaurant_id) do update set seq = seq + excluded.seq, orders = orders + excluded.orders returning epoch, seq, trimmed, orders`,
  servers: `${START} on duplicate key update seq = seq + values(seq), orders = orders + values(orders)`,
};

/** Moves the head on, or puts one there, and tells where it is now. */
async function advanced(em: SqlEntityManager, start: readonly unknown[]): Promise<StreamHead> {
  const isSqlite = em.getDriver() instanceof OneWriterDriver;
  const told = await executed(em, isSqlite ? ADVANCE.sqlite : ADVANCE.servers, start);
  const { rows } = isSqlite ? told : await executed(em, READ, start.slice(0, 1));
  const [head] = rows;
  if (!head) throw new Error('The head of the events is not there.');
  return head as unknown as StreamHead;
}

const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789';

function newEpoch(): string {
  return Array.from(randomBytes(8), (byte) => LETTERS[byte % LETTERS.length]).join('');
}
