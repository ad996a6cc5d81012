import { appRouter } from '@comanda/domains/router';
import { type AnyTRPCProcedure, getTRPCErrorShape, initTRPC, TRPCError } from '@trpc/server';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { type Brought, isStepwise, run } from '@comanda/server/running';

const t = initTRPC.context<object>().meta<object>().create({ isDev: false });
type Builder = typeof t.procedure;

/** What stands before a procedure: everything that tRPC knows, in any order. */
const STEPS: Record<string, (before: Builder) => Builder> = {
  addsToContext: (before) => before.use(({ next }) => next({ ctx: { added: 1 } })),
  replacesInContext: (before) => before.use(({ next }) => next({ ctx: { who: 'other' } })),
  looksOnly: (before) => before.use(({ next }) => next()),
  changesInput: (before) => before.use(({ next }) => next({ input: undefined } as never)),
  changesRawInput: (before) =>
    before.use(({ next }) => next({ getRawInput: async () => ({ text: 'changed' }) })),
  goesOnTwice: (before) => before.use(async ({ next }) => (await next()) && next()),
  forgets: (before) => before.use((() => Promise.resolve(undefined)) as never),
  fails: (before) =>
    before.use(() => {
      throw new Error('of a step');
    }),
  hides: (before) =>
    before.use(async ({ next }) => {
      const result = await next();
      if (!result.ok) throw new TRPCError({ code: 'CONFLICT', cause: result.error });
      return result;
    }),
  tells: (before) => before.errors(({ error, ctx }) => ({ told: error.message, ctx }) as never),
  tellsNothing: (before) => before.errors(() => undefined),
  readsText: (before) => before.input(z.looseObject({ text: z.string() })) as never,
  readsLater: (before) =>
    before.input(z.looseObject({ more: z.string().optional() }).refine(async () => true)) as never,
  readsNothing: (before) => before.input(z.undefined()) as never,
  saysWho: (before) => before.output(z.object({ ctx: z.object({ who: z.literal('me') }) })),
  isAbout: (before) => before.meta({ about: 'it' }),
};

const ENDS: Record<string, (opts: object) => unknown> = {
  everythingItWasGiven: (opts) => {
    const { ctx, input, path, type, batchIndex, signal, meta } = opts as Brought & {
      input: unknown;
      meta: unknown;
    };
    return { ctx, input, path, type, batchIndex, gone: signal?.aborted, meta };
  },
  rawInput: (opts) => (opts as Brought).getRawInput(),
  nothing: () => undefined,
  failure: () => {
    throw new Error('of the procedure');
  },
  refusal: () => {
    throw new TRPCError({ code: 'NOT_FOUND', message: 'not here' });
  },
};

async function outcomeOf(work: () => Promise<unknown>): Promise<unknown> {
  try {
    return { answer: await work() };
  } catch (thrown) {
    const error = thrown as TRPCError;
    const { code, message, name } = error;
    const cause = String(error.cause);
    const config = t.router({})._def._config;
    const rest = { type: 'query', path: 'any', input: undefined, ctx: {} } as const;
    return { code, message, name, cause, shape: getTRPCErrorShape({ config, error, ...rest }) };
  }
}

test('a procedure answers and fails as tRPC lets it, whatever it is made of', async () => {
  const steps = fc.uniqueArray(fc.constantFrom(...Object.keys(STEPS)), { maxLength: 6 });
  const ends = fc.constantFrom(...Object.keys(ENDS));
  const inputs = fc.constantFrom(undefined, null, 7, {}, { text: 'a' }, { text: 1, more: 'b' });

  await fc.assert(
    fc.asyncProperty(steps, ends, inputs, async (names, end, input) => {
      const made = names.reduce((before, name) => STEPS[name]?.(before) ?? before, t.procedure);
      const procedure: AnyTRPCProcedure = made.query((opts) => ENDS[end]?.(opts));
      const call: Brought = {
        path: 'any',
        type: 'query',
        ctx: { who: 'me' },
        getRawInput: async () => input,
        signal: AbortSignal.abort(),
        batchIndex: 3,
      };

      const ours = await outcomeOf(() => run(procedure, call));

      expect(ours).toEqual(await outcomeOf(() => procedure(call) as Promise<unknown>));
    }),
    { numRuns: 2_000 },
  );
});

test('each of our procedures is made of steps', () => {
  const procedures = Object.values<AnyTRPCProcedure>(appRouter._def.procedures as never);

  expect(procedures.length).toBeGreaterThan(100);
  expect(procedures.filter((procedure) => !isStepwise(procedure))).toEqual([]);
});

test('what has a caller of its own is left to it', async () => {
  const asked = t.procedure.experimental_caller(async () => 'by its caller');
  const procedure = asked.query(() => 'by steps') as unknown as AnyTRPCProcedure;

  expect(await run(procedure, { ctx: {}, getRawInput: async () => 1 } as never)).toBe(
    'by its caller',
  );
});
