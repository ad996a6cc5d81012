import type { Mutation, Subscription } from '@comanda/client';
import { accessErrors } from '@comanda/domains/access.errors';
import { actorOf } from '@comanda/domains/auth/auth.guard';
import type { ActorContext } from '@comanda/domains/context';
import { signedIn } from '@comanda/domains/trpc';
import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { z } from 'zod';
import { type Tick, Ticks } from './ticks.ts';

const Watch = z.strictObject({
  lastEventId: z.string().optional(),
  until: z.int().optional(),
  size: z.int().optional(),
  note: z.string().optional(),
});
type Watch = z.infer<typeof Watch>;
const Keep = z.strictObject({ idempotencyKey: z.string() });
const Kept = z.strictObject({ nth: z.int() });

/** What a client sees of the lab. */
export interface LabApi {
  lab: {
    ticks: Subscription<Omit<Watch, 'lastEventId'> | void, Tick, 'STREAM_RESET' | 'TOKEN_INVALID'>;
    keep: Mutation<{ idempotencyKey?: string }, { nth: number }, never>;
  };
}

/** Procedures that only tests need: a log that can be watched, and a change that may be repeated. */
export function newLab() {
  const ticks = new Ticks();
  const kept = new Map<string, number>();
  const calls = { keep: 0 };
  const procedures = {
    ticks: signedIn(kernelErrors.STREAM_RESET)
      .input(Watch.optional())
      .subscription(({ ctx, input = {}, signal }) => {
        const place = ticks.placeOf(input.lastEventId);
        if (place === undefined) throw kernelErrors.STREAM_RESET();
        return whileGood(ctx, ticks.after(place, { ...input, signal }));
      }),
    keep: signedIn()
      .input(Keep)
      .output(Kept)
      .mutation(({ input: { idempotencyKey: key } }) => {
        calls.keep += 1;
        const nth = kept.get(key) ?? kept.size + 1;
        kept.set(key, nth);
        return { nth };
      }),
  };
  return { procedures, ticks, kept, calls };
}

/** T13: a stream does not outlive the session that it was opened with. */
async function* whileGood<Event>(ctx: ActorContext, events: AsyncIterable<Event>) {
  for await (const event of events) {
    const expired = ctx.clock.now() >= ctx.actor.via.expiresAt;
    if (expired || !(await actorOf(ctx))) throw accessErrors.TOKEN_INVALID();
    yield event;
  }
}
