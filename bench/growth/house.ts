import { signed, startSession } from '@comanda/domains/auth/auth.sessions';
import { Membership } from '@comanda/domains/auth/auth.entity';
import { newKeySet } from '@comanda/domains/auth/credentials/keys';
import type { Context, House } from '@comanda/domains/context';
import { entities } from '@comanda/domains/entities';
import { appRouter } from '@comanda/domains/router';
import { CALLERS } from '@comanda/kernel/access';
import { Announcement } from '@comanda/quotas/announcement';
import { type RolePolicies, rolePolicies, withRates } from '@comanda/quotas/role-policies';
import { openHouse } from '@comanda/server/house';
import { picturesIn } from '@comanda/server/picture-folder';
import { connect } from '@comanda/storage/connect';
import { migrate } from '@comanda/storage/migrations';
import { acrossRestaurants } from '@comanda/storage/tenancy';
import { inTransaction } from '@comanda/storage/transaction';
import { behind } from '@comanda/testing/author';
import { Given, type Home, PASSWORD, type Person, plantHome } from '@comanda/testing/given';

export type Caller = ReturnType<typeof appRouter.createCaller>;
type Row = Record<string, unknown>;

/** Little Lemon in a database of its own, called without HTTP; quotas let everything through. */
export interface Opened extends AsyncDisposable {
  readonly house: House;
  readonly home: Home;
  readonly given: Given;
  /** Past tenancy and audit: for planting many rows at once, and for looking whether answers are right. */
  ask(sql: string): Promise<Row[]>;
  /** Calls procedures as that person, or as nobody. */
  as(who: Person | null): Promise<Caller>;
  /** What goes along with a call: their access token. */
  token(who: Person): Promise<string>;
}

const PLENTY = ['1000000/s'];
const HASH = { memoryKiB: 1_024, passes: 2, lanes: 1 };

/** `url` names an empty database. */
export async function openedAt(url: string, pictures: string): Promise<Opened> {
  const database = await connect(url, entities);
  await migrate(database);
  const house = await openHouse({
    database,
    keys: await newKeySet(new Date()),
    issuer: 'comanda-bench',
    preset: 'service',
    pictures: picturesIn(pictures),
    policies: openToAll,
    hashCost: HASH,
  });
  const hash = await house.passwords.hash(PASSWORD);
  const home = await plantHome(house, hash);
  const token = (who: Person) => tokenOf(house, who);
  return {
    house,
    home,
    given: new Given(house, home.restaurantId, hash),
    ask: (sql) => database.orm.em.getConnection().execute<Row[]>(sql),
    token,
    as: async (who) => {
      const shown = who ? await shownBy(house, await token(who)) : ({ kind: 'nothing' } as const);
      const ctx = { ...house, ...NO_REQUEST, shown };
      return appRouter.createCaller(() => ({ ...ctx, announcement: new Announcement() }));
    },
    [Symbol.asyncDispose]: async () => {
      await house.live.close();
      await database.close();
    },
  };
}

const openToAll = Object.fromEntries(
  CALLERS.map((caller) => [
    caller,
    withRates(caller, rolePolicies.service[caller], { reads: PLENTY, writes: PLENTY }),
  ]),
) as unknown as RolePolicies;

const NO_REQUEST = {
  requestId: 'bench',
  address: '127.0.0.1',
  network: '127.0.0.1',
  userAgent: null,
  guest: null,
  jar: null,
  calls: 1,
  log: console,
} satisfies Partial<Context>;

async function shownBy({ tokens, clock }: House, token: string): Promise<Context['shown']> {
  const claims = await tokens.read(token, clock.now());
  if (!claims) throw new Error('The token is not good.');
  return { kind: 'session', ...claims };
}

async function tokenOf(house: House, { id: accountId, restaurantId }: Person): Promise<string> {
  const em = acrossRestaurants(house.database, behind(house.clock));
  const membership = restaurantId
    ? await em.findOne(Membership, { account: accountId, restaurantId })
    : null;
  const ctx = { ...house, ...NO_REQUEST, em, afterCommit: (effect: () => void) => effect() };
  const started = await inTransaction(ctx, (ctx) =>
    startSession(ctx as never, { accountId, membership }),
  );
  const { accessToken } = await signed(house, started);
  return accessToken;
}
