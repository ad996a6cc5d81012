import { isDeepStrictEqual } from 'node:util';
import { parallel, tally } from '../auth/callers.ts';
import { Door, type Kill, lifeFor, lifeUntil, type Point } from './crashes.ts';
import { type Ledger, ledgerOf } from './ledger.ts';
import { type Kind, openPremises, type Premises } from './premises.ts';
import { guest, orderOnce, type Said, type Shopper, signedIn } from './shoppers.ts';

const SHOPPERS = 8;
const STOCK = 1_000_000;

interface Survived extends Ledger {
  /** How often each outcome came. */
  outcomes: Record<string, number>;
  /** Keys that were answered otherwise, or refused, when they were shown again in the end. */
  answeredAnew: unknown[];
  /** Processor time of the slowest start. */
  slowestStartMs: number;
}

/** What a ledger says when nothing is wrong. */
export const SOUND = {
  lost: [],
  uncalledFor: [],
  incomplete: [],
  astray: [],
  unbalanced: [],
  gaps: [],
  broken: [],
  answeredAnew: [],
};

/**
 * Eight shoppers order, come what may, while one server after the other is killed, on MariaDB two at
 * a time. In the end all is counted.
 */
export async function placedThrough(kills: readonly Kill[], kind: Kind): Promise<Survived> {
  await using premises = await openPremises(kind);
  const door = new Door();
  const itemIds = await premises.furnish((given) =>
    parallel(2, () => given.item({ stockMode: 'count', stockLeft: STOCK })),
  );
  const said: Said[] = [];
  const until = new AbortController();
  const shopping = goShopping(premises, door, async (shopper) => {
    while (!until.signal.aborted) said.push(await orderOnce(shopper, itemIds));
  });
  const serve = async () => {
    const starts = await served(kills, premises, door);
    until.abort();
    const again = await lifeFor(premises, door, async () => {
      const shoppers = await shopping;
      return Promise.all(shoppers.map((shopper) => askedAgain(shopper, said)));
    });
    return { slowestStartMs: Math.max(...starts), answeredAnew: again.flat() };
  };
  const serving = serve();
  try {
    const [outcome] = await Promise.all([serving, shopping]);
    const ledger = await ledgerOf(premises, { said, stock: STOCK });
    return { ...ledger, ...outcome, outcomes: tally(said.map(({ outcome }) => outcome)) };
  } finally {
    await door.close();
    await Promise.allSettled([serving]);
  }
}

/** One server after the other, each until it is killed; answers how much work each start was. */
export async function served(
  kills: readonly Kill[],
  premises: Premises,
  door: Door,
): Promise<number[]> {
  const left = [...kills];
  const starts = await parallel(premises.kind === 'SQLite' ? 1 : 2, async () => {
    const lives = [];
    for (let kill = left.shift(); kill && !door.closed; kill = left.shift()) {
      lives.push(await lifeUntil(kill, premises, door));
    }
    return lives.map(({ startedInMs }) => startedInMs);
  });
  return starts.flat();
}

/** Half of them are signed in, half are guests; none begins before all are there. */
async function goShopping(
  premises: Premises,
  door: Door,
  shop: (shopper: Shopper) => Promise<void>,
): Promise<Shopper[]> {
  const people = await premises.hire(
    Array.from({ length: SHOPPERS / 2 }, () => 'customer' as const),
  );
  const shoppers = await Promise.all([
    ...people.map((person) => signedIn(door, person)),
    ...people.map(() => guest(door)),
  ]);
  await Promise.all(shoppers.map(shop));
  return shoppers;
}

/** P15: the same key gets the same answer, however many servers have died since. */
async function askedAgain({ id, patient }: Shopper, said: readonly Said[]): Promise<unknown[]> {
  const unlike: unknown[] = [];
  for (const { shopperId, input, order } of said) {
    if (shopperId !== id || !order) continue;
    const answer = await patient.orders.place.mutate(input).catch((error: unknown) => error);
    if (!isDeepStrictEqual(answer, order)) unlike.push({ order, answer });
  }
  return unlike;
}

const POINTS: readonly Point[] = [
  'order.begin',
  'order.stock',
  'order.inserted',
  'order.written',
  'order.answer',
  'reply',
  'moment',
];

/** As many kills, at every point in turn, each time after some calls more. */
export function kills(count: number, kind: Kind, within = POINTS): Kill[] {
  const points = kind === 'SQLite' ? [...within, 'checkpoint' as const] : within;
  const rounds = Array.from({ length: Math.ceil(count / points.length) }, () => points);
  const times = () => 1 + Math.floor(Math.random() * 12);
  return rounds
    .flat()
    .slice(0, count)
    .map((at) => ({ at, times: times() }));
}
