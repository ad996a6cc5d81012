import { type Capability, cellOf } from '@comanda/kernel/access';
import { accessErrors } from '../access.errors.ts';
import type { StaffContext } from '../context.ts';
import { offDuty } from './timecards.duty.reads.ts';

/** Refuses whoever is not at work, or writes it to the log, where that is asked for. */
export async function onDuty(ctx: StaffContext): Promise<void> {
  const off = await offDuty(ctx);
  if (!off) return;
  const { isRefused, onBreak, nextShift } = off;
  if (isRefused) throw accessErrors.OFF_SHIFT({ onBreak, nextShift });
  const { log, requestId, actor } = ctx;
  log.warn({ requestId, actorId: actor.id, onBreak }, 'acted off shift');
}

/** For a part of a call that asks for more than the call itself: refuses whose role or duty does not reach so far. */
export async function insistOn(ctx: StaffContext, capability: Capability): Promise<void> {
  const cell = cellOf(ctx.actor.role, capability);
  if (!cell.allowed || cell.rows === 'own') throw accessErrors.FORBIDDEN({ capability });
  if (cell.onShift) await onDuty(ctx);
}
