import { type Capability, holds, ROLES } from '@comanda/kernel/access';
import type { AnyRefusal } from '@comanda/kernel/errors';
import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { MINUTE, SECOND } from '@comanda/kernel/time';
import { wire } from '@comanda/kernel/wire';
import { initTRPC } from '@trpc/server';
import { accessErrors } from './access.errors.ts';
import type { Actor } from './auth/auth.actor.ts';
import type { Context } from './context.ts';
import { type Access, type Entered, type Meta, passLine } from './line.ts';
import { restaurantErrors } from './restaurants/restaurants.errors.ts';
import {
  askedAhead,
  isOfTransport,
  logUndeclared,
  refusalIn,
  type Streaming,
  tell,
  tellTransport,
  withPour,
} from './telling.ts';
import { underWatch } from './watching.ts';

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

/**
 * Outermost of all: no call goes by unseen, whatever becomes of it. A stream is asked ahead for its events,
 * and can be poured out past what `.errors()` makes of it.
 */
const watched = t.middleware(({ next, ctx, path, type, meta }) =>
  underWatch(ctx, { path, type, refusals: meta?.refusals }, async (inside) => {
    if (type !== 'subscription') return next({ ctx: inside });
    const stream: Streaming['stream'] = {};
    const result = await next({ ctx: { ...inside, stream } });
    if (!result.ok) return result;
    return { ...result, data: withPour(askedAhead(result.data as AsyncGenerator), stream.pour) };
  }),
);

/**
 * The guard and all that stands behind it, in one step: tRPC copies the whole context for each. `Sure` is
 * what the guard has made sure of.
 */
const lineFor = <Sure extends object>() =>
  t.middleware(({ next, ...call }) =>
    passLine(call, (ctx) => next({ ctx: ctx as Entered & Sure })),
  );
type LineFor<Sure extends object> = ReturnType<typeof lineFor<Sure>>;

const forAnybody = lineFor<object>();
const atPlace = lineFor<{ restaurantId: string }>();
const forActors = lineFor<{ actor: Actor }>();
const atWork = lineFor<{ actor: Actor; restaurantId: string }>();

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
function opened<const Refusals extends readonly AnyRefusal[], Sure extends object>(
  access: Access,
  told: Refusals,
  line: LineFor<Sure>,
) {
  const codes = new Set<string>(told.map(({ code }) => code));
  return t.procedure
    .meta({ access, refusals: [...codes] })
    .use(watched)
    .errors(({ error, ctx, path }) => {
      const refused = refusalIn(error);
      const where = { requestId: ctx.requestId, path };
      if (refused && codes.has(refused.code)) return tell<Refusals[number]>(refused, where);
      if (refused && !isOfTransport(refused)) logUndeclared(refused, { ...where, log: ctx.log });
      return undefined;
    })
    .use(line);
}

/** Opens a procedure to everyone. Name the refusals it may give. */
export function anyone<const Refusals extends readonly AnyRefusal[]>(...refusals: Refusals) {
  return opened('anyone', [...refusals, ...always] as const, forAnybody);
}

/** Opens a procedure about one restaurant to everyone: the one that is named, or the only one there is. */
export function anyoneAt<const Refusals extends readonly AnyRefusal[]>(...refusals: Refusals) {
  const { RESTAURANT_REQUIRED } = restaurantErrors;
  const told = [...refusals, RESTAURANT_REQUIRED, kernelErrors.NOT_FOUND, ...always] as const;
  return opened('anyone', told, atPlace).meta({ placed: true });
}

/** Opens a procedure to whoever is signed in. */
export function signedIn<const Refusals extends readonly AnyRefusal[]>(...refusals: Refusals) {
  const told = [...refusals, ...toActors, ...always] as const;
  return opened('signedIn', told, forActors);
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
  return opened(capability, [...refusals, ...toStaff, ...always] as const, atWork);
}

/** Opens a procedure to the roles that have the capability; without a restaurant they reach own rows only. */
export function allowOwn<const Refusals extends readonly AnyRefusal[]>(
  capability: Capability,
  ...refusals: Refusals
) {
  return opened(capability, [...refusals, ...toStaff, ...always] as const, forActors);
}

/** Opens a procedure about the caller's own rows where they work, or about all of them by their role. */
export function allowAtWork<const Refusals extends readonly AnyRefusal[]>(
  capability: Capability,
  ...refusals: Refusals
) {
  const told = [...refusals, ...toStaff, ...always] as const;
  return opened(capability, told, atWork).meta({ atWork: true });
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
  const { RESTAURANT_REQUIRED } = restaurantErrors;
  const told = [RESTAURANT_REQUIRED, ...refusals, ...toStaff, ...always] as const;
  return opened(capability, told, atWork).meta({ placed: true });
}

/** Like `allowAt`, and to guests as well: they are customers who have not signed in. */
export function allowGuests<const Refusals extends readonly AnyRefusal[]>(
  capability: Capability,
  ...refusals: Refusals
) {
  return allowAt(capability, accessErrors.GUEST_TOKEN_INVALID, ...refusals).meta({ guests: true });
}
