import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { eventsAfter, type Head } from '@comanda/storage/outbox';
import { renewed } from '@comanda/storage/tenancy';
import type { StaffContext } from '../context.ts';
import type { Event } from './reader.ts';

const PAGE = 100;

interface Missing {
  ctx: StaffContext;
  head: Head | undefined;
}

/** The first of the events behind that place; none where all was heard. */
export async function missed({ ctx, head }: Missing, seq: number): Promise<Event[]> {
  const page = await eventsAfter(renewed(ctx.em), ctx.restaurantId, { seq, limit: PAGE });
  const now = page.head;
  if (!now || now.trimmed > seq || now.epoch !== (head?.epoch ?? now.epoch)) {
    throw kernelErrors.STREAM_RESET();
  }
  return page.events.map((event) => ({ ...event, epoch: now.epoch }));
}
