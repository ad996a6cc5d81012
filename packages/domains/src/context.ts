import type { Caller } from '@comanda/kernel/access';
import type { Clock } from '@comanda/kernel/time';
import type { Database, EntityManager } from '@comanda/storage/connect';
import type { Pictures } from '@comanda/pictures/pictures';
import type { Announcement } from '@comanda/quotas/announcement';
import type { Preset } from '@comanda/quotas/login-policies';
import type { RoleGate } from '@comanda/quotas/role-gate';
import type { QuotaStore } from '@comanda/quotas/store';
import type { Actor } from './auth/auth.actor.ts';
import type { Standings } from './auth/auth.standing.ts';
import type { Passwords } from './auth/credentials/passwords.ts';
import type { Guest, GuestTokens } from './auth/credentials/guest-tokens.ts';
import type { AccessTokens } from './auth/credentials/tokens.ts';
import type { Feed } from './live/feed.ts';
import type { Streams } from './live/streams.ts';
import type { RestaurantFacts } from './restaurants/restaurants.facts.reads.ts';
import type { Copies } from './showing.ts';
import type { RoleBudgets } from './quotas/quotas.budgets.ts';
import type { Usage } from './quotas/quotas.usage.ts';

export interface Settings {
  accessTokenMs: number;
  refreshIdleMs: number;
  refreshAbsoluteMs: number;
  refreshGraceMs: number;
  passMs: number;
  resetCodeMs: number;
  sessionsPerPerson: number;
  passesPerPerson: number;
  deadlineMs: number;
  /** How long guests may take back an order that was confirmed. */
  cancelWindowMs: number;
  /** Whether what asks for a shift is refused to whoever is on none, where the restaurant has not said it. */
  shiftGate: 'enforced' | 'warn' | 'off';
  /** How often, at least, it is looked at whether a stream's watcher may still watch. */
  streamCheckMs: number;
  /** How often it is looked for what is new without a word from anybody. */
  streamLookMs: number;
}

/** Where faults are told; never to the caller. */
export interface Log {
  error(facts: object, message: string): void;
  warn(facts: object, message: string): void;
}

/** Gives what a guest had to the person they turned out to be. */
export type TakeOver = (
  ctx: CallContext,
  who: { accountId: string; guestId: string },
) => Promise<void>;

/** What becomes of the work of somebody, where they do not work any more. */
export type Leaving = (ctx: CallContext, who: { accountId: string }) => Promise<void>;

/** What erasing a person asks of a context: a unit of work that reaches every restaurant. */
export type ErasingContext = Pick<CallContext, 'em' | 'clock'>;

/** Takes what tells of a person out of the rows of a domain; done again, it changes nothing. */
export type Erasing = (ctx: ErasingContext, who: { accountId: string }) => Promise<void>;

/** A call as whoever measures it sees it: neither what it was told nor what it answers. */
export interface WatchedCall {
  readonly procedure: string;
  readonly kind: 'query' | 'mutation' | 'subscription';
  readonly requestId: string;
  /** Told by the guard, as soon as it knows. */
  role: Caller | 'unknown';
  /** `ok`, the code of the refusal that is told, or `fault`. */
  outcome: string;
}

/** Stands around every call of a procedure; of a stream around its opening. */
export interface Watch {
  around<Answer>(call: WatchedCall, work: () => Promise<Answer>): Promise<Answer>;
}

/** Knows when there is too much to do. */
export interface Load {
  /** Whether such calls are turned away for now; what is begun is finished. */
  sheds(call: 'sign-in' | 'stream' | 'other'): boolean;
}

/** What one running server shares between its calls. */
export interface House {
  readonly database: Database;
  readonly clock: Clock;
  /** What becomes of a guest who signs in, in the transaction of their signing in. */
  readonly takeOvers: readonly TakeOver[];
  /** What becomes of somebody's work when they leave, in the transaction of their leaving. */
  readonly leavings: readonly Leaving[];
  /** What becomes of all that tells of somebody who is erased, in the transaction of the erasing. */
  readonly erasings: readonly Erasing[];
  /** Told where a call has come to; a test stops the whole process there. */
  readonly failpoint: (at: string) => void;
  readonly settings: Settings;
  readonly passwords: Passwords;
  readonly tokens: AccessTokens;
  readonly guests: GuestTokens;
  readonly standings: Standings;
  /** Where the calls of all roles are counted. */
  readonly quotaStore: QuotaStore;
  /** What every role may use right now. */
  readonly roleBudgets: RoleBudgets;
  readonly usage: Usage;
  /** Where slow procedures wait, by role. */
  readonly slowGate: RoleGate;
  /** Where pictures wait to be drawn, one after the other: each may take some hundred megabytes. */
  readonly drawingGate: RoleGate;
  /** Of its own, so that invented names crowd out nobody's budget elsewhere. */
  readonly loginQuotas: QuotaStore;
  readonly preset: Preset;
  /** Where what has happened is passed on to whoever watches. */
  readonly live: Feed;
  /** Where pictures are received and kept. */
  readonly pictures: Pictures;
  /** How many watch. */
  readonly streams: Streams;
  /** How often this process has opened the vault of recipes; what rings when that grows. */
  readonly vaultOpenings: Record<'vault' | 'break_glass', number>;
  /** Both are those of the app that serves this house. */
  readonly watch: Watch;
  readonly load: Load;
}

/** What the caller showed: looked at without a query, judged in the guard. */
export type Shown =
  | { kind: 'nothing' }
  | { kind: 'unreadable' }
  | { kind: 'session'; sessionId: string; hat: string; expiresAt: Date }
  | { kind: 'pass'; token: string };

/** Where a browser keeps the refresh token, out of reach of its scripts. */
export interface Jar {
  /** Whether the page that asks may use it. */
  readonly open: boolean;
  readonly token: string | undefined;
  keep(token: string, until: Date): void;
  empty(): void;
}

export interface Context extends House {
  readonly requestId: string;
  readonly address: string;
  /** The address as budgets count it: an IPv6 caller owns a whole /64. */
  readonly network: string;
  readonly userAgent: string | null;
  readonly shown: Shown;
  /** Beside it, or in its place; judged by the calls that take guests. */
  readonly guest: Guest | 'unreadable' | null;
  /** Null: the refresh token travels in the body. */
  readonly jar: Jar | null;
  /** How many calls travel in this request. */
  readonly calls: number;
  /** What the answer to this request tells of the budgets. */
  readonly announcement: Announcement;
  /** What anybody may keep of the answer; left out where it is for this caller alone. */
  readonly copies?: Copies | undefined;
  readonly log: Log;
}

/** Past the guard: who is asking, and a unit of work that reaches no further than they may. */
export interface CallContext extends Context {
  readonly actor: Actor | null;
  readonly em: EntityManager;
  /** Where the call acts; null for those that act in none. */
  readonly restaurantId: string | null;
  /** As it stood when the call began, where it had to be looked at; `factsOf` knows when that holds. */
  readonly restaurant: RestaurantFacts | null;
  afterCommit(effect: () => void): void;
}

/** Past `anyoneAt` or `allow`, for what is about one restaurant. */
export interface PlacedContext extends CallContext {
  readonly restaurantId: string;
}

/** Past `signedIn` or `allow`. */
export interface ActorContext extends CallContext {
  readonly actor: Actor;
}

/** Past `allow` or `allowAt`, for what is done in one restaurant. */
export interface StaffContext extends ActorContext {
  readonly restaurantId: string;
}
