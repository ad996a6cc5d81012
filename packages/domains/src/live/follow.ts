import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { type Head, headOf } from '@comanda/storage/outbox';
import { renewed } from '@comanda/storage/tenancy';
import { tracked, type TrackedEnvelope } from '@trpc/server';
import type { StaffContext } from '../context.ts';
import type { Subscription } from './feed.ts';
import { missed } from './missed.ts';
import { idOf, placeOf } from './place.ts';
import type { Event } from './reader.ts';
import { isUnknown, type Listener, Teller, type Watching } from './teller.ts';
import { watchOver } from './watch-over.ts';

interface Asked {
  lastEventId: string | undefined;
  /** Aborted when nobody listens any more. */
  signal: AbortSignal | undefined;
}

interface Telling<Out> {
  /** Told at once to whoever comes without an id: from here on nothing is missed. */
  first: Out;
  /**
   * What the watcher is told of an event; nothing if it is not for them. Who has to read for that takes
   * the call `anew`; who has not does not wait, and hands out what is `Shared`.
   */
  accept: (event: Event) => Promise<Out | undefined> | Out | undefined;
  /** Refuses to go on, for another reason than that the session has ended. */
  still?: () => Promise<void>;
}

interface Following<Out> extends Telling<Out>, Watching<Out> {
  ctx: StaffContext;
  head: Head | undefined;
  /** The last event that the watcher has seen; nothing for whoever comes anew. */
  place: number | undefined;
  subscription: Subscription;
}

/** What happens, once begun: taken one by one by whoever asks for it, or poured out to a listener. */
export interface Followed<Out> extends AsyncIterable<TrackedEnvelope<Out>, void> {
  /** `asTold` is asked what the listener is told of the reason why it ends. */
  pour(listener: Listener<Out>, asTold?: (reason: unknown) => unknown): void;
}

/**
 * What happens in the restaurant of this call, from where the watcher was, or from now on: every event
 * once and in order. Whatever refuses it at the start is thrown before there is a stream.
 */
export async function follow<Out>(
  ctx: StaffContext,
  { lastEventId, signal }: Asked,
  telling: Telling<Out>,
): Promise<Followed<Out>> {
  const exit = ctx.streams.enter(ctx);
  try {
    const { restaurantId, log } = ctx;
    const head = await headOf(ctx.em, restaurantId);
    const place = lastEventId === undefined ? undefined : placeOf(lastEventId, head);
    if (lastEventId !== undefined && place === undefined) throw kernelErrors.STREAM_RESET();
    const subscription = ctx.live.join({ restaurantId, head, log });
    const leave = leaving(subscription, exit);
    // A stream of somebody who has hung up by now is never begun, and so never ends.
    whenAborted(signal, subscription, leave);
    const mayGoOn = watchOver(ctx, telling.still);
    return followed({ ...telling, ctx, head, place, subscription, mayGoOn, leave });
  } catch (error) {
    exit();
    throw error;
  }
}

/** The call again: what was loaded for one event is neither kept nor believed for the next. */
export function anew(ctx: StaffContext): StaffContext {
  return { ...ctx, em: renewed(ctx.em) };
}

// Each a function of its own: what stays while somebody watches holds on to nothing else of the call.

function leaving(subscription: Subscription, exit: () => void): () => void {
  return () => {
    exit();
    subscription.leave();
  };
}

function whenAborted(
  signal: AbortSignal | undefined,
  { events }: Subscription,
  leave: () => void,
): void {
  const abort = () => {
    events.end(signal?.reason as Error);
    leave();
  };
  if (signal?.aborted) abort();
  else signal?.addEventListener('abort', abort, { once: true });
}

function followed<Out>(following: Following<Out>): Followed<Out> {
  return {
    [Symbol.asyncIterator]: () => told(following),
    pour: (listener, asTold) => {
      const { first, head, place, subscription } = following;
      void new Teller(following, listener, asTold).begin({
        first: place === undefined ? first : undefined,
        place: place ?? head?.seq ?? 0,
        head,
        subscription,
        missed: (seq) => missed(following, seq),
      });
    },
  };
}

async function* told<Out>(following: Following<Out>) {
  const { head, place, first, accept, mayGoOn, leave } = following;
  try {
    if (place === undefined) yield tracked(idOf(head), first);
    for await (const event of events(following)) {
      await mayGoOn();
      const out = await accept(event);
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

/** Waits for what comes; meanwhile the watcher is looked at again and again. */
async function next(following: Following<unknown>): Promise<Event> {
  const { ctx, subscription, mayGoOn } = following;
  for (;;) {
    // What is known of somebody may be as old as that by itself: the two must not add up.
    const patience = (ctx.settings.streamCheckMs / 5) * (0.8 + Math.random() / 5);
    const event = await subscription.events.next(patience);
    if (event) return event;
    try {
      await mayGoOn();
    } catch (error) {
      if (!isUnknown(error)) throw error;
    }
  }
}
