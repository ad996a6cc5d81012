import { KeyRing, type KeySet } from '@comanda/domains/auth/credentials/keys';
import {
  type HashCost,
  Passwords,
  RECOMMENDED_COST,
} from '@comanda/domains/auth/credentials/passwords';
import { GuestTokens } from '@comanda/domains/auth/credentials/guest-tokens';
import { AccessTokens } from '@comanda/domains/auth/credentials/tokens';
import { eraseAccount } from '@comanda/domains/auth/auth.erasing.actions';
import { eraseBooks } from '@comanda/domains/books/books.erasing.actions';
import { eraseCarts } from '@comanda/domains/cart/cart.erasing.actions';
import { mergeGuestCarts } from '@comanda/domains/cart/cart.merging.actions';
import { adoptGuestOrders } from '@comanda/domains/orders/orders.adopting.actions';
import { eraseOrders } from '@comanda/domains/orders/orders.erasing.actions';
import { eraseProfile } from '@comanda/domains/profile/profile.erasing.actions';
import { eraseRecipes } from '@comanda/domains/recipes/recipes.erasing.actions';
import { eraseReservations } from '@comanda/domains/reservations/reservations.erasing.actions';
import { cancelComingShifts } from '@comanda/domains/shifts/shifts.actions';
import { eraseTasks } from '@comanda/domains/tasks/tasks.erasing.actions';
import { eraseTimecards } from '@comanda/domains/timecards/timecards.erasing.actions';
import { clockOutLeaver } from '@comanda/domains/timecards/timecards.leaving.actions';
import { Standings } from '@comanda/domains/auth/auth.standing';
import type { House, Settings } from '@comanda/domains/context';
import { Feed, type Wakes } from '@comanda/domains/live/feed';
import { Streams } from '@comanda/domains/live/streams';
import { type Clock, DAY, HOUR, MINUTE, SECOND, systemClock } from '@comanda/kernel/time';
import { RoleBudgets } from '@comanda/domains/quotas/quotas.budgets';
import { Usage } from '@comanda/domains/quotas/quotas.usage';
import { GcraStore } from '@comanda/quotas/gcra-store';
import type { Pictures } from '@comanda/pictures/pictures';
import { RoleGate } from '@comanda/quotas/role-gate';
import { type RolePolicies, rolePolicies } from '@comanda/quotas/role-policies';
import type { QuotaStore } from '@comanda/quotas/store';
import type { Database } from '@comanda/storage/connect';

const SETTINGS: Settings = {
  accessTokenMs: 15 * MINUTE,
  refreshIdleMs: 7 * DAY,
  refreshAbsoluteMs: 30 * DAY,
  refreshGraceMs: 10 * SECOND,
  passMs: 24 * HOUR,
  resetCodeMs: 30 * MINUTE,
  sessionsPerPerson: 10,
  passesPerPerson: 10,
  deadlineMs: 10 * SECOND,
  cancelWindowMs: 5 * MINUTE,
  shiftGate: 'off',
  streamCheckMs: 5 * SECOND,
  streamLookMs: 2 * SECOND,
};

/** Carts before orders, and the account last of all; the rest has no order. */
const ERASINGS = [
  eraseProfile,
  eraseTimecards,
  eraseRecipes,
  eraseCarts,
  eraseOrders,
  eraseReservations,
  eraseTasks,
  eraseBooks,
  eraseAccount,
];

/** A call with a picture may take a minute, with its way here. */
const DRAWING_WAIT_MS = 20 * SECOND;

interface Parts {
  database: Database;
  keys: KeySet;
  issuer: string;
  preset: House['preset'];
  pictures: Pictures;
  /** Left out: those of the preset. */
  policies?: RolePolicies;
  /** Left out: this process counts for itself. */
  stores?: QuotaStores;
  /** Left out: other servers look for themselves what is new. */
  wakes?: Wakes;
  clock?: Clock;
  hashCost?: HashCost;
  settings?: Partial<Settings>;
  /** For crash tests only. */
  failpoint?: House['failpoint'];
}

/** Calls and sign-ins are counted apart, so that invented names crowd out nobody's calls. */
export interface QuotaStores {
  calls: QuotaStore;
  signIns: QuotaStore;
}

/** Furnishes what one server shares between its calls. */
export async function openHouse(parts: Parts): Promise<House> {
  const { database, keys, issuer, preset, pictures, clock = systemClock } = parts;
  const settings = { ...SETTINGS, ...parts.settings };
  const passwords = new Passwords(parts.hashCost ?? RECOMMENDED_COST);
  await passwords.warm();
  const stores = parts.stores ?? countedHere(clock);
  const terms = { issuer, audience: 'comanda', lifetimeMs: settings.accessTokenMs };
  const tokens = new AccessTokens(await KeyRing.from(keys), terms);
  return {
    database,
    clock,
    takeOvers: [mergeGuestCarts, adoptGuestOrders],
    leavings: [clockOutLeaver, cancelComingShifts],
    erasings: ERASINGS,
    failpoint: parts.failpoint ?? (() => undefined),
    settings,
    passwords,
    tokens,
    guests: new GuestTokens({ ring: () => tokens.ring, issuer }),
    standings: new Standings(database, clock),
    quotaStore: stores.calls,
    loginQuotas: stores.signIns,
    roleBudgets: new RoleBudgets(parts.policies ?? rolePolicies[preset], { database, clock }),
    usage: new Usage({ database, clock }),
    slowGate: new RoleGate(),
    drawingGate: new RoleGate({ slots: 1, waitMs: DRAWING_WAIT_MS }),
    preset,
    pictures,
    live: new Feed({
      database,
      clock,
      lookEveryMs: settings.streamLookMs,
      checkEveryMs: settings.streamCheckMs,
      wakes: parts.wakes,
    }),
    streams: new Streams(),
    vaultOpenings: { vault: 0, break_glass: 0 },
    watch: { around: (_, work) => work() },
    load: { sheds: () => false },
  };
}

/** By a clock that nobody sets, but for that of a test. */
function countedHere(clock: Clock): QuotaStores {
  const now = clock === systemClock ? undefined : () => clock.now().getTime();
  return { calls: new GcraStore(now), signIns: new GcraStore(now) };
}
