import { type Capability, cellOf, type Extent, type Grant, holds } from '@comanda/kernel/access';
import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { SECOND } from '@comanda/kernel/time';
import { transportErrors } from '@comanda/kernel/transport.errors';
import { getTRPCErrorFromUnknown, type TRPCError } from '@trpc/server';
import type { z } from 'zod';
import { accessErrors } from './access.errors.ts';
import type { Actor } from './auth/auth.actor.ts';
import { actorOf, guestOf } from './auth/auth.guard.ts';
import type { CallContext, Context } from './context.ts';
import { within } from './deadline.ts';
import { charge, type Price } from './quotas/quotas.charge.ts';
import { unitOfWork } from './scope.ts';
import { heldAlready, type Shown, showNow } from './showing.ts';
import { asTransportError, pouredLate, type Streaming, toldLate } from './telling.ts';
import { onDuty } from './timecards/timecards.duty.actions.ts';
import { shedWhenLoaded, tellRole } from './watching.ts';

export type Access = 'anyone' | 'signedIn' | Capability;

/** What a procedure says of itself: access is data, so a test can list it. */
export interface Meta {
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

/** A call as tRPC brings it. */
interface Call {
  ctx: Context;
  meta: Meta | undefined;
  path: string;
  type: 'query' | 'mutation' | 'subscription';
  getRawInput: () => Promise<unknown>;
  signal: AbortSignal | undefined;
}

/** What a call has in its context once it is past the guard, beside what it came with. */
export type Entered = Omit<CallContext, keyof Context>;

type Ended = { ok: true; data: unknown } | { ok: false; error: TRPCError };

/**
 * Takes a call through everything that stands before its procedure. The one place where the domain's no
 * becomes a transport error, and a fault becomes silence.
 */
export async function passLine<Result extends Ended>(
  call: Call,
  work: (ctx: Entered) => Promise<Result>,
): Promise<Result> {
  const { ctx, meta, type, path, signal } = call;
  const told = { log: ctx.log, requestId: ctx.requestId, path };
  const result = await inTime(call, async () => {
    const entered = await enter(call);
    return gated(call, entered, () => shown(call, entered, work));
  }).catch((error: unknown) => {
    throw asTransportError(getTRPCErrorFromUnknown(error), told);
  });
  if (!result.ok) throw asTransportError(result.error, told);
  if (type !== 'subscription') return result;
  const codes = new Set(meta?.refusals);
  const events = result.data as AsyncIterable<unknown>;
  const stream = { ...told, codes, signal };
  (ctx as unknown as Streaming).stream.pour = pouredLate(events, stream);
  return { ...result, data: toldLate(events, stream) };
}

function inTime<Result>({ ctx, meta, type }: Call, work: () => Promise<Result>): Promise<Result> {
  if (type === 'subscription') return work();
  return within(meta?.deadlineMs ?? ctx.settings.deadlineMs, { type, work });
}

/** A procedure that declares no access is closed. */
async function enter({ ctx, meta, path, type, getRawInput }: Call): Promise<Entered> {
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
    type,
    getRawInput,
    placed: meta.placed === true,
    atWork: meta.atWork === true,
  });
  const entered = { ...work, afterCommit: (effect: () => void) => effect() };
  await refuseOffShift(ctx, entered, access);
  return entered;
}

async function gated<Result>(
  { ctx, meta, signal }: Call,
  { actor }: Entered,
  work: () => Promise<Result>,
): Promise<Result> {
  if (!meta?.slow) return work();
  return ctx.slowGate.run(actor?.role ?? 'anonymous', work, signal).catch((error: unknown) => {
    // Whoever has hung up hears nothing of it, and it is nobody's fault.
    throw signal?.aborted ? kernelErrors.OVERLOADED({ retryAfterMs: SECOND }) : error;
  });
}

/** Before anything is read for the call: what the caller, or a cache, has already is not told again. */
async function shown<Result extends Ended>(
  { ctx, meta, getRawInput }: Call,
  entered: Entered,
  work: (ctx: Entered) => Promise<Result>,
): Promise<Result> {
  const { copies, clock } = ctx;
  if (!meta?.shown || !copies) return work(entered);
  const showing = await showNow({ ...ctx, ...entered }, { shown: meta.shown, getRawInput });
  if (copies.holds(showing.edition, clock.now())) return heldAlready;
  const result = await work(entered);
  if (result.ok) copies.note(await showing.of(result.data));
  return result;
}

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
async function refuseOffShift(ctx: Context, entered: Entered, access: Access): Promise<void> {
  const { actor, restaurantId } = entered;
  if (!actor || restaurantId === null || access === 'anyone' || access === 'signedIn') return;
  const cell = cellOf(actor.role, access);
  if (cell.allowed && cell.onShift && !cell.ownToo)
    await onDuty({ ...ctx, ...entered, actor, restaurantId });
}
