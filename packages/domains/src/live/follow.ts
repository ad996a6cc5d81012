import { DomainError } from '@comanda/kernel/errors';
import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { databaseRefusal } from '@comanda/storage/failures';
import { eventsAfter, type Head, headOf } from '@comanda/storage/outbox';
import { renewed } from '@comanda/storage/tenancy';
import { tracked, type TrackedEnvelope } from '@trpc/server';
import { accessErrors } from '../access.errors.ts';
import { actorOf } from '../auth/auth.guard.ts';
import type { StaffContext } from '../context.ts';
import type { Subscription } from './feed.ts';
import { idOf, placeOf } from './place.ts';
import type { Event } from './reader.ts';

const PAGE = 100;

interface Asked {
  lastEventId: string | undefined;
  /** Aborted when nobody listens any more. */
  signal: AbortSignal | undefined;
}

interface Telling<Out> {
  /** Told at once to whoever comes without an id: from here on nothing is missed. */
  first: Out;
  /** What the watcher is told of an event; nothing if it is not for them. Who has to read for that takes `anew()`. */
  accept: (event: Event, anew: () => StaffContext) => Promise<Out | undefined> | Out | undefined;
  /** Refuses to go on, for another reason than that the session has ended. */
  still?: (ctx: StaffContext) => Promise<void>;
}

interface Following<Out> extends Telling<Out> {
  ctx: StaffContext;
  head: Head | undefined;
  /** The last event that the watcher has seen; nothing for whoever comes anew. */
  place: number | undefined;
  subscription: Subscription;
  mayGoOn: () => Promise<void>;
  leave: () => void;
}

/**
 * What happens in the restaurant of this call, from where the watcher was, or from now on: every event
 * once and in order. Whatever refuses it at the start is thrown before there is a stream.
 */
export async function follow<Out>(
  ctx: StaffContext,
  { lastEventId, signal }: Asked,
  telling: Telling<Out>,
): Promise<AsyncIterable<TrackedEnvelope<Out>, void>> {
  const exit = ctx.streams.enter(ctx);
  try {
    const { restaurantId, log } = ctx;
    const head = await headOf(ctx.em, restaurantId);
    const place = lastEventId === undefined ? undefined : placeOf(lastEventId, head);
    if (lastEventId !== undefined && place === undefined) throw kernelErrors.STREAM_RESET();
    const subscription = ctx.live.join({ restaurantId, head, log });
    const leave = () => {
      exit();
      subscription.leave();
    };
    // A stream of somebody who has hung up by now is never begun, and so never ends.
    whenAborted(signal, (reason) => {
      subscription.events.end(reason);
      leave();
    });
    return told({
      ...telling,
      ctx,
      head,
      place,
      subscription,
      mayGoOn: watchOver(ctx, telling.still),
      leave,
    });
  } catch (error) {
    exit();
    throw error;
  }
}

function whenAborted(signal: AbortSignal | undefined, act: (reason: Error) => void): void {
  const abort = () => act(signal?.reason as Error);
  if (signal?.aborted) abort();
  else signal?.addEventListener('abort', abort, { once: true });
}

async function* told<Out>(following: Following<Out>) {
  const { ctx, head, place, first, accept, mayGoOn, leave } = following;
  // What was loaded for one event is neither kept nor believed for the next.
  const anew = () => ({ ...ctx, em: renewed(ctx.em) });
  try {
    if (place === undefined) yield tracked(idOf(head), first);
    for await (const event of events(following)) {
      await mayGoOn();
      const out = await accept(event, anew);
      if (out !== undefined) yield tracked(idOf(event), out);
    }
  } finally {
    leave();
  }
}

/** First those that were missed, then those that come. */
async function* events(following: Following<unknown>): AsyncGenerator<Event, never> {
  const { head, place = head?.seq ?? 0, subscription } = following;
  let at = place;
  const until = Math.max(head?.seq ?? 0, subscription.from);
  while (at < until) {
    const page = await missed(following, at);
    yield* page;
    at = page.at(-1)?.seq ?? until;
  }
  for (;;) {
    const event = await next(following);
    if (event.seq <= at) continue;
    yield event;
    at = event.seq;
  }
}

async function missed({ ctx, head }: Following<unknown>, seq: number): Promise<Event[]> {
  const page = await eventsAfter(renewed(ctx.em), ctx.restaurantId, { seq, limit: PAGE });
  const now = page.head;
  if (!now || now.trimmed > seq || now.epoch !== (head?.epoch ?? now.epoch)) {
    throw kernelErrors.STREAM_RESET();
  }
  return page.events.map((event) => ({ ...event, epoch: now.epoch }));
}

/** Waits for what comes; meanwhile the watcher is looked at again and again. */
async function next(following: Following<unknown>): Promise<Event> {
  const { ctx, subscription, mayGoOn } = following;
  for (;;) {
    // What is known of somebody may be as old as that by itself: the two must not add up.
    const patience = (ctx.settings.streamCheckMs / 5) * (0.8 + Math.random() / 5);
    const event = await subscription.events.next(patience);
    if (event) return event;
    await mayGoOn().catch(unlessUnknown);
  }
}

/** While the database is away nothing can be said of anybody, and nothing is told to them. */
function unlessUnknown(error: unknown): void {
  if (error instanceof DomainError || !databaseRefusal(error)) throw error;
}

/** T13: refuses to go on once the session has expired or was ended; another role ends it, too. */
function watchOver(ctx: StaffContext, still: Telling<unknown>['still']): () => Promise<void> {
  const { kind, expiresAt } = ctx.actor.via;
  let asked = ctx.clock.now().getTime();
  return async () => {
    const now = ctx.clock.now().getTime();
    if (still && Math.abs(now - asked) >= ctx.settings.streamCheckMs) {
      asked = now;
      await still({ ...ctx, em: renewed(ctx.em) });
    }
    const expired = ctx.clock.now() >= expiresAt;
    if (kind !== 'guest') {
      if (expired || !(await actorOf(ctx))) throw accessErrors.TOKEN_INVALID();
    } else if (expired) throw accessErrors.GUEST_TOKEN_INVALID();
  };
}
