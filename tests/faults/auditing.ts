import { tally } from '../auth/callers.ts';
import { Door, type Kill, lifeFor, type Point } from './crashes.ts';
import { ERRANDS, type Errand, type Furnished, insisting, whatever } from './errands.ts';
import { type Evidence, evidenceIn } from './evidence.ts';
import { served } from './placing.ts';
import { type Kind, openPremises, type Premises } from './premises.ts';
import { type Attempt, recordedClient, recordedGuest, recordedPerson } from './recording.ts';

const STAFF = ['manager', 'manager', 'master_chef', 'waiter', 'waiter'] as const;
const PEOPLE = [...STAFF, 'customer', 'customer'] as const;

interface Audited extends Evidence {
  /** How many mutations were sent. */
  mutations: number;
  /** How often each outcome came. */
  outcomes: Record<string, number>;
}

/** What is told of a log that is complete. */
export const COMPLETE = { uneven: [], misattributed: [], unlike: [], unfounded: [] };

/**
 * Staff, customers, a guest and a stranger do whatever is theirs to do, and what is not, while one server after
 * the other is killed, on MariaDB two at a time; and a while longer, for so many mutations at least.
 */
export async function auditedThrough(
  { kills, mutations }: { kills: readonly Kill[]; mutations: number },
  kind: Kind,
): Promise<Audited> {
  await using premises = await openPremises(kind);
  const door = new Door(/./);
  const record: Attempt[] = [];
  let isEnough = () => false;
  const working = goToWork({ premises, door, record }, () => isEnough());
  const serve = async () => {
    await served(kills, premises, door);
    const goal = Math.max(mutations, record.length + mutations / 4);
    isEnough = () => record.length >= goal;
    await lifeFor(premises, door, () => working);
  };
  const serving = serve();
  try {
    await Promise.all([serving, working]);
    const evidence = await premises.look((_, database) => evidenceIn(database, record));
    const outcomes = tally(record.map(({ outcome }) => outcome));
    return { ...evidence, mutations: record.length, outcomes };
  } finally {
    await door.close();
    await Promise.allSettled([serving]);
  }
}

interface Workshop {
  premises: Premises;
  door: Door;
  record: Attempt[];
}

/** None begins before all are there. */
async function goToWork(workshop: Workshop, isEnough: () => boolean): Promise<void> {
  const { premises, door, record } = workshop;
  const people = await premises.hire(PEOPLE);
  const waiterIds = people.filter(({ role }) => role === 'waiter').map(({ id }) => id);
  const house = await furnished(premises, waiterIds);
  const stranger = { id: null, role: 'anonymous', address: '10.0.0.98' };
  const hands = [
    { role: 'anonymous', client: recordedClient(door, stranger, record) },
    { role: 'guest', client: await insisting(() => recordedGuest(door, '10.0.0.99', record)) },
  ];
  // One by one: a hash is slow by design, and no part of this.
  for (const [nth, person] of people.entries()) {
    const asking = { ...person, address: `10.0.0.${nth + 1}` };
    const client = await insisting(() => recordedPerson(door, asking, record));
    hands.push({ role: person.role, client });
  }
  await Promise.all(
    hands.map(async ({ role, client }, first) => {
      const errands: readonly Errand[] = ERRANDS[role as keyof typeof ERRANDS];
      for (let nth = first; !isEnough(); nth += 1) {
        const errand = errands[nth % errands.length];
        if (errand) await whatever(errand(client, house));
      }
    }),
  );
}

function furnished(premises: Premises, waiterIds: readonly string[]): Promise<Furnished> {
  return premises.furnish(async (given) => {
    const chef = premises.home.staff.master_chef;
    for (const personId of waiterIds) await given.shift({ personId });
    return {
      itemIds: [await given.item({ stockMode: 'count', stockLeft: 100_000 }), await given.item()],
      tableIds: [await given.table(), await given.table()],
      recipeId: await given.recipe({ authorId: chef.id }),
      waiterIds,
    };
  });
}

/** In the midst of whatever is written, and of what has failpoints of its own. */
const POINTS: readonly Point[] = [
  'transaction.committed',
  'order.written',
  'transaction.flushed',
  'clock.written',
  'transaction.commit',
  'moment',
];

/** As many kills, at every point in turn, each time after some calls more. */
export function killsAmidst(count: number): Kill[] {
  return Array.from({ length: count }, (_, nth) => {
    const at = POINTS[nth % POINTS.length] ?? 'moment';
    const most = /^(order|clock)\./.test(at) ? 4 : 60;
    return { at, times: 1 + Math.floor(Math.random() * most) };
  });
}
