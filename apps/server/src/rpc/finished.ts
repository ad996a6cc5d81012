import type { House, Watch } from '@comanda/domains/context';
import { within } from '@comanda/domains/deadline';
import { visitorsMeter } from '@comanda/domains/quotas/quotas.charge';
import { BoundedMap } from '@comanda/kernel/bounded-map';
import { SECOND } from '@comanda/kernel/time';
import type { EntityManager } from '@comanda/storage/connect';
import { areOf, type Editions, editionsOf } from '@comanda/storage/editions';
import { withoutRestaurant } from '@comanda/storage/tenancy';
import type { IncomingMessage } from 'node:http';
import { isForAnybody } from '../caching.ts';
import { wantsLines } from './asked.ts';
import type { FinishedHead } from './finished.head.ts';

/** An answer as it went out to somebody, and by what it is told whether it still holds. */
export interface Finished {
  /** The procedures that answered. */
  paths: readonly string[];
  body: Buffer;
  headers: Record<string, string> & { etag: string };
  editions: Editions;
  until: Date;
  /** With everything that the doors add, by the origin of the page that asked; empty for none. */
  heads: Map<string, FinishedHead>;
}

/** Whoever wants what was kept. */
interface Visit {
  url: string;
  finished: Finished;
  network: string;
  requestId: string;
  watch: Watch;
  /** Told once whether it may be handed out. */
  told: (may: boolean) => void;
}

const MAX_KEPT = 500;
/** Of those that went out once it is known which they were. */
const MAX_TOLD = 2_000;
const MAX_LENGTH = 64 * 1024;
/** Whoever waits longer for an edition asks like everybody else, and is told what is the matter. */
const PATIENCE_MS = SECOND;

/**
 * Answers to anybody, kept as they were written: as long as the same editions are on show, the next who
 * asks the same is given the same bytes. Whether they are is asked of the database every time, so several
 * servers agree, and what was changed is felt by the very next call. Each is charged, watched and shed like
 * the call that it stands for.
 */
export class FinishedAnswers {
  readonly #house: House;
  #opened: EntityManager | undefined;
  readonly #kept = new BoundedMap<string, Finished>(MAX_KEPT);
  /** By the tags of what went out once. */
  readonly #told = new BoundedMap<string, true>(MAX_TOLD);
  #visits: Visit[] = [];
  /** What was told no at the door, and is not to be asked about once more behind it. */
  readonly #toldNo = new WeakSet<object>();

  constructor(house: House) {
    this.#house = house;
  }

  /** Nothing for what goes out for the first time; the tag tells an answer from every other. */
  kept(url: string, { etag, make }: { etag: string; make: () => Finished }): Finished | undefined {
    if (!this.#told.delete(etag)) {
      this.#told.set(etag, true);
      return undefined;
    }
    const finished = make();
    if (finished.body.length <= MAX_LENGTH) this.#kept.set(url, finished);
    return finished;
  }

  /** What was kept for such a request, if it still holds; nothing for most. */
  of(request: Pick<IncomingMessage, 'method' | 'url' | 'headers'>): Finished | undefined {
    if (this.#toldNo.has(request)) return undefined;
    const { method, url = '', headers } = request;
    const finished = method === 'GET' ? this.#kept.get(url) : undefined;
    if (!finished || !isForAnybody({ method: 'GET', headers }) || wantsLines(headers))
      return undefined;
    return this.#house.load.sheds('other') ? undefined : finished;
  }

  /** Whoever was told no is answered like everybody else. */
  handOn(request: IncomingMessage): void {
    this.#toldNo.add(request);
  }

  /** Asked once for all who came in the same turn: after they came, so that it is true for each. */
  ask(visit: Visit): void {
    if (this.#visits.push(visit) > 1) return;
    setImmediate(() => {
      const visits = this.#visits;
      this.#visits = [];
      void this.#tellAll(visits);
    });
  }

  async #tellAll(visits: readonly Visit[]): Promise<void> {
    const waiting = new Set(visits);
    const tell = (visit: Visit, may: boolean) => {
      if (!waiting.delete(visit)) return;
      if (may) watched(visit);
      visit.told(may);
    };
    const work = async () => {
      const charge = await visitorsMeter(this.#house);
      const whose = new Set(visits.flatMap(({ finished }) => Object.keys(finished.editions)));
      const shown = await editionsOf(this.#reader, [...whose]);
      const counted: Promise<void>[] = [];
      // Whoever has waited for too long was told no meanwhile, and pays for a call of their own.
      for (const visit of waiting) {
        const { network, finished } = visit;
        const may = this.#isGood(visit, shown) && charge(network, finished.paths.length);
        if (typeof may === 'boolean') tell(visit, may);
        else counted.push(may.catch(() => false).then((paid) => tell(visit, paid)));
      }
      await Promise.all(counted);
    };
    await within(PATIENCE_MS, { type: 'query', work }).catch(() => undefined);
    for (const { told } of waiting) told(false);
    waiting.clear();
  }

  #isGood({ url, finished }: Visit, shown: Editions): boolean {
    const good = this.#house.clock.now() < finished.until && areOf(shown, finished.editions);
    // What was kept meanwhile is another.
    if (!good && this.#kept.get(url) === finished) this.#kept.delete(url);
    return good;
  }

  get #reader(): EntityManager {
    const { clock, database } = this.#house;
    return (this.#opened ??= withoutRestaurant(database, { clock, author: READER }));
  }
}

/** As the calls that it stands for. */
function watched({ watch, requestId, finished: { paths } }: Visit): void {
  for (const procedure of paths) {
    const call = { procedure, kind: 'query', requestId, role: 'anonymous', outcome: 'ok' } as const;
    void watch.around(call, ANSWERED);
  }
}

const ANSWERED = () => Promise.resolve();

const READER = {
  actorId: null,
  actorName: null,
  role: 'anonymous',
  action: 'finished',
  requestId: 'finished',
  address: null,
};
