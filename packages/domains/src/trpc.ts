import {
  type Capability,
  cellOf,
  type Extent,
  type Grant,
  holds,
  ROLES,
} from '@comanda/kernel/access';
import type { AnyRefusal } from '@comanda/kernel/errors';
import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { MINUTE, SECOND } from '@comanda/kernel/time';
import { transportErrors } from '@comanda/kernel/transport.errors';
import { wire } from '@comanda/kernel/wire';
import { initTRPC } from '@trpc/server';
import type { z } from 'zod';
import { accessErrors } from './access.errors.ts';
import { actorOf, guestOf } from './auth/auth.guard.ts';
import type { Actor } from './auth/auth.actor.ts';
import type { CallContext, Context } from './context.ts';
import { within } from './deadline.ts';
import { restaurantErrors } from './restaurants/restaurants.errors.ts';
import { charge, type Price } from './quotas/quotas.charge.ts';
import { unitOfWork } from './scope.ts';
import { heldAlready, type Shown, showNow } from './showing.ts';
import { onDuty } from './timecards/timecards.duty.actions.ts';
import {
  askedAhead,
  asTransportError,
  isOfTransport,
  logUndeclared,
  refusalIn,
  tell,
  tellTransport,
  toldLate,
} from './telling.ts';
import { shedWhenLoaded, tellRole, underWatch } from './watching.ts';

export type Access = 'anyone' | 'signedIn' | Capability;

interface Meta {
  access?: Access;
  /** What it does, in one sentence: the client's users read it at the call. */
  summary?: string;
  /**
   * Signing in and out take no notice of an old token, which may be the very reason for the call, and
   * have budgets of their own.
   */
  signsInOrOut?: boolean;
  /** Where a call costs something else than one of the caller's own reads or writes. */
  price?: Price;
  /** Is about one restaurant: the one that is named, that of the hat, or the only one there is. */
  placed?: boolean;
  /** Is about the caller's own rows where they work. */
  atWork?: boolean;
  /** How far the cell has to reach, exactly; left out: however far it does. */
  extent?: Extent;
  /** Takes whoever is not signed in, if they show a guest token. */
  guests?: boolean;
  /** Where an answer takes longer by nature, as long as it may take. @defaultValue that of the settings */
  deadlineMs?: number;
  /** Takes longer than others: few such calls run at once, and who waits goes in by role. */
  slow?: boolean;
  /** Where anybody is answered alike, so that caches may keep the answer. */
  shown?: Shown;
  /** The codes that it may answer with; docs/errors.md lists them. */
  refusals?: readonly string[];
  /** What a stream yields; every other procedure says it by its output. */
  event?: z.ZodType;
}

/** A stream ends without a word after a quarter of an hour, as on a lost line, so that clients come back and go on. */
const sse = {
  ping: { enabled: true, intervalMs: 15 * SECOND },
  client: { reconnectAfterInactivityMs: 40 * SECOND },
  maxDurationMs: 15 * MINUTE,
};

const t = initTRPC
  .context<Context>()
  .meta<Meta>()
  .create({
    transformer: wire,
    isDev: false,
    sse,
    errorFormatter: ({ error, ctx, path }) =>
      tellTransport(error, { requestId: ctx?.requestId, path }),
  });

export const { router } = t;

/** Outermost of all: no call goes by unseen, whatever becomes of it. */
const watched = t.middleware(({ next, ctx, path, type, meta }) =>
  underWatch(ctx, { path, type, refusals: meta?.refusals }, (inside) => next({ ctx: inside })),
);

/** The one place where the domain's no becomes a transport error, and a fault becomes silence. */
const translate = t.middleware(async ({ next, ctx, path }) => {
  const result = await next();
  if (result.ok) return result;
  throw asTransportError(result.error, { log: ctx.log, requestId: ctx.requestId, path });
});

/** Outermost: what `.errors()` makes of a stream is asked ahead as well. */
const streamed = t.middleware(async ({ next, type }) => {
  const result = await next();
  if (!result.ok || type !== 'subscription') return result;
  return { ...result, data: askedAhead(result.data as AsyncGenerator) };
});

const deadline = t.middleware(({ next, ctx, meta, type }) => {
  if (type === 'subscription') return next();
  return within(meta?.deadlineMs ?? ctx.settings.deadlineMs, { type, work: () => next() });
});

/** Access is data, so a test can list it; a procedure that declares none is closed. */
const guarded = t.middleware(async ({ ctx, meta, next, path, type, getRawInput }) => {
  shedWhenLoaded(ctx, { path, type, signsInOrOut: meta?.signsInOrOut });
  if (ctx.calls > 1 && path.startsWith('auth.')) throw transportErrors.NOT_BATCHABLE();
  const access = meta?.access;
  if (!access) throw accessErrors.FORBIDDEN({ capability: 'undeclared' });
  const person = meta.signsInOrOut ? null : await actorOf(ctx);
  const actor = person ?? (meta.guests ? guestOf(ctx) : null);
  tellRole(ctx, actor);
  if (!meta.signsInOrOut) await charge(ctx, { actor, type, price: meta.price });
  if (access !== 'anyone') refuseUnlessAllowed(actor, access, meta.extent);
  const work = await unitOfWork(ctx, {
    actor,
    access,
    path,
    getRawInput,
    placed: meta.placed === true,
    atWork: meta.atWork === true,
  });
  const call: Omit<CallContext, keyof Context> = {
    ...work,
    afterCommit: (effect) => effect(),
  };
  await refuseOffShift({ ...ctx, ...call }, access);
  return next({ ctx: call });
});

const gated = t.middleware(({ ctx, meta, next, signal }) => {
  if (!meta?.slow) return next();
  const { actor } = ctx as CallContext;
  return ctx.slowGate
    .run(actor?.role ?? 'anonymous', () => next(), signal)
    .catch((error: unknown) => {
      // Whoever has hung up hears nothing of it, and it is nobody's fault.
      throw signal?.aborted ? kernelErrors.OVERLOADED({ retryAfterMs: SECOND }) : error;
    });
});

/** Before anything is read for the call: what the caller, or a cache, has already is not told again. */
const shown = t.middleware(async ({ ctx, meta, next, getRawInput }) => {
  const { copies, clock } = ctx;
  if (!meta?.shown || !copies) return next();
  const showing = await showNow(ctx as CallContext, { shown: meta.shown, getRawInput });
  if (copies.holds(showing.edition, clock.now())) return heldAlready;
  const result = await next();
  if (result.ok) copies.note(await showing.of(result.data));
  return result;
});

function refuseUnlessAllowed(
  actor: Actor | null,
  access: Exclude<Access, 'anyone'>,
  extent: Extent | undefined,
): void {
  if (!actor) throw accessErrors.UNAUTHENTICATED();
  if (access === 'signedIn') return;
  const reaches = (cell: Grant) => extent === undefined || cell.extent === extent;
  if (!holds(actor.role, access, reaches)) throw accessErrors.FORBIDDEN({ capability: access });
}

/** Own rows are reached without a shift: what else is done to them is judged where they are known. */
async function refuseOffShift(ctx: CallContext, access: Access): Promise<void> {
  const { actor, restaurantId } = ctx;
  if (!actor || restaurantId === null || access === 'anyone' || access === 'signedIn') return;
  const cell = cellOf(actor.role, access);
  if (cell.allowed && cell.onShift && !cell.ownToo) await onDuty({ ...ctx, actor, restaurantId });
}

const always = [
  kernelErrors.VALIDATION,
  kernelErrors.OVERLOADED,
  kernelErrors.DB_BUSY,
  kernelErrors.DB_UNAVAILABLE,
  kernelErrors.STORAGE_FULL,
  kernelErrors.OUTCOME_UNKNOWN,
  kernelErrors.VERSION_CONFLICT,
  accessErrors.TOKEN_INVALID,
] as const;
const toActors = [accessErrors.UNAUTHENTICATED] as const;
const toStaff = [
  ...toActors,
  accessErrors.FORBIDDEN,
  accessErrors.OFF_SHIFT,
  kernelErrors.NOT_FOUND,
] as const;

/** First in line, so that the refusals of guard, quota and input are in the procedure's type too. */
function opened<const Refusals extends readonly AnyRefusal[]>(access: Access, told: Refusals) {
  const codes = new Set<string>(told.map(({ code }) => code));
  return t.procedure
    .meta({ access, refusals: [...codes] })
    .use(watched)
    .use(streamed)
    .errors(({ error, ctx, path }) => {
      const refused = refusalIn(error);
      const where = { requestId: ctx.requestId, path };
      if (refused && codes.has(refused.code)) return tell<Refusals[number]>(refused, where);
      if (refused && !isOfTransport(refused)) logUndeclared(refused, { ...where, log: ctx.log });
      return undefined;
    })
    .use(translate)
    .use(async ({ next, type, ctx, path, signal }) => {
      const result = await next();
      if (!result.ok || type !== 'subscription') return result;
      const events = result.data as AsyncIterable<unknown>;
      const { log, requestId } = ctx;
      return { ...result, data: toldLate(events, { codes, log, requestId, path, signal }) };
    })
    .use(deadline)
    .use(guarded)
    .use(gated)
    .use(shown);
}

/** Opens a procedure to everyone. Name the refusals it may give. */
export function anyone<const Refusals extends readonly AnyRefusal[]>(...refusals: Refusals) {
  return opened('anyone', [...refusals, ...always] as const);
}

/** Opens a procedure about one restaurant to everyone: the one that is named, or the only one there is. */
export function anyoneAt<const Refusals extends readonly AnyRefusal[]>(...refusals: Refusals) {
  const { RESTAURANT_REQUIRED } = restaurantErrors;
  const told = [...refusals, RESTAURANT_REQUIRED, kernelErrors.NOT_FOUND, ...always] as const;
  return opened('anyone', told)
    .meta({ placed: true })
    .use(({ ctx, next }) => next({ ctx: { restaurantId: ctx.restaurantId! } }));
}

/** Opens a procedure to whoever is signed in. */
export function signedIn<const Refusals extends readonly AnyRefusal[]>(...refusals: Refusals) {
  const told = [...refusals, ...toActors, ...always] as const;
  return opened('signedIn', told).use(({ ctx, next }) => next({ ctx: { actor: ctx.actor! } }));
}

/**
 * Opens a procedure to the roles that have the capability in a restaurant. What some have for own rows
 * only is opened by `allowOwn`.
 */
export function allow<const Refusals extends readonly AnyRefusal[]>(
  capability: Capability,
  ...refusals: Refusals
) {
  if (ROLES.some((role) => holds(role, capability, ({ rows }) => rows === 'own'))) {
    throw new Error(`Some have ${capability} for own rows only: open it by allowOwn.`);
  }
  return allowOwn(capability, ...refusals).use(({ ctx, next }) =>
    next({ ctx: { restaurantId: ctx.restaurantId! } }),
  );
}

/** Opens a procedure to the roles that have the capability; without a restaurant they reach own rows only. */
export function allowOwn<const Refusals extends readonly AnyRefusal[]>(
  capability: Capability,
  ...refusals: Refusals
) {
  const told = [...refusals, ...toStaff, ...always] as const;
  return opened(capability, told).use(({ ctx, next }) => next({ ctx: { actor: ctx.actor! } }));
}

/** Opens a procedure about the caller's own rows where they work, or about all of them by their role. */
export function allowAtWork<const Refusals extends readonly AnyRefusal[]>(
  capability: Capability,
  ...refusals: Refusals
) {
  return allowOwn(capability, ...refusals)
    .meta({ atWork: true })
    .use(({ ctx, next }) => next({ ctx: { restaurantId: ctx.restaurantId! } }));
}

/**
 * Opens a procedure about one restaurant to its staff, as far as their role reaches there, and to
 * everybody else for what is their own.
 */
export function allowAt<const Refusals extends readonly AnyRefusal[]>(
  capability: Capability,
  ...refusals: Refusals
) {
  if (!holds('customer', capability))
    throw new Error(`Customers have no ${capability}: use allow.`);
  return allowOwn(capability, restaurantErrors.RESTAURANT_REQUIRED, ...refusals)
    .meta({ placed: true })
    .use(({ ctx, next }) => next({ ctx: { restaurantId: ctx.restaurantId! } }));
}

/** Like `allowAt`, and to guests as well: they are customers who have not signed in. */
export function allowGuests<const Refusals extends readonly AnyRefusal[]>(
  capability: Capability,
  ...refusals: Refusals
) {
  return allowAt(capability, accessErrors.GUEST_TOKEN_INVALID, ...refusals).meta({ guests: true });
}
