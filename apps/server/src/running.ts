import { type AnyTRPCProcedure, getTRPCErrorFromUnknown, TRPCError } from '@trpc/server';
import { checking } from './checking.ts';

/** A call as tRPC brings it to a procedure. */
export interface Brought {
  path: string;
  type: AnyTRPCProcedure['_def']['type'];
  ctx: object;
  getRawInput: () => Promise<unknown>;
  /** Aborted when nobody waits any more. */
  signal: AbortSignal | undefined;
  batchIndex: number;
}

/** What a step changes for those after it. */
type Changes = Partial<Pick<Brought, 'ctx' | 'getRawInput'>> & { input?: unknown };

export type Ended = ({ ok: true; data: unknown } | { ok: false; error: TRPCError }) & {
  marker: string;
};

export interface Taken extends Brought {
  meta: unknown;
  input: unknown;
  next: (changes?: Changes) => Promise<Ended | undefined>;
}

export type Step = (taken: Taken) => Promise<Ended | undefined>;

interface Steps {
  meta?: unknown;
  output?: unknown;
  middlewares: readonly Step[];
}

/**
 * Runs a procedure step by step as tRPC does, but for the two copies that tRPC makes of everything before
 * each of them, property by property, and that what goes out is checked by a compiled schema. What is not
 * made of steps runs as tRPC has it.
 */
export async function run(procedure: AnyTRPCProcedure, call: Brought): Promise<unknown> {
  if (!isStepwise(procedure)) return procedure(call) as unknown;
  const result = await taken(stepsOf(procedure), 0, { ...call, input: undefined });
  if (!result) throw new TRPCError({ code: 'INTERNAL_SERVER_ERROR', message: NO_RESULT });
  if (!result.ok) throw result.error;
  return result.data;
}

const known = new WeakMap<AnyTRPCProcedure, Steps>();

/** Made ready when it is first called: to compile all schemas at the start would take a tenth of a second. */
function stepsOf(procedure: AnyTRPCProcedure): Steps {
  const before = known.get(procedure);
  if (before) return before;
  const { meta, output, middlewares } = procedure._def as unknown as Steps;
  const steps = { meta, middlewares: checking(middlewares, output) };
  known.set(procedure, steps);
  return steps;
}

/** Whether tRPC keeps its steps where we look for them, and nobody else calls it. */
export function isStepwise({ _def }: AnyTRPCProcedure): boolean {
  const { middlewares, experimental_caller } = _def as Partial<Steps> & Calling;
  return Array.isArray(middlewares) && experimental_caller !== true;
}

interface Calling {
  experimental_caller?: boolean;
}

const NO_RESULT = 'No result from middlewares - did you forget to `return next()`?';

async function taken(
  steps: Steps,
  at: number,
  call: Brought & { input: unknown },
): Promise<Ended | undefined> {
  try {
    const { path, type, ctx, getRawInput, signal, batchIndex, input } = call;
    const next = (changes?: Changes) =>
      taken(steps, at + 1, {
        path,
        type,
        ctx: changes?.ctx ? { ...ctx, ...changes.ctx } : ctx,
        getRawInput: changes?.getRawInput ?? getRawInput,
        signal,
        batchIndex,
        input: changes && 'input' in changes ? changes.input : input,
      });
    const step = steps.middlewares[at] as Steps['middlewares'][number];
    return await step({
      path,
      type,
      ctx,
      getRawInput,
      signal,
      batchIndex,
      input,
      meta: steps.meta,
      next,
    });
  } catch (cause) {
    return { ok: false, error: getTRPCErrorFromUnknown(cause), marker: 'middlewareMarker' };
  }
}
