import { appRouter } from '@comanda/domains/router';
import { newId } from '@comanda/kernel/id';
import { checking } from '@comanda/server/checking';
import type { Step, Taken } from '@comanda/server/running';
import type { AnyTRPCProcedure, TRPCError } from '@trpc/server';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { answersFor } from '../fuzzing.ts';

interface Telling {
  output?: z.ZodType;
  middlewares: readonly (Step & { _type?: string })[];
}

const procedures = Object.entries<AnyTRPCProcedure>(appRouter._def.procedures as never);
const telling = procedures.flatMap(([name, { _def }]) => {
  const { output, middlewares } = _def as unknown as Telling;
  return output ? [{ name, output, middlewares }] : [];
});

/** What a step makes of what was answered behind it. */
async function madeOf(step: Step, data: unknown): Promise<unknown> {
  const next = () => Promise.resolve({ ok: true, data, marker: 'any' });
  try {
    return await step({ next } as Taken);
  } catch (thrown) {
    const { code, message, cause } = thrown as TRPCError & { cause?: z.ZodError };
    return { code, message, issues: cause?.issues };
  }
}

describe.each(telling)('what $name answers', ({ output, middlewares }) => {
  const at = middlewares.findIndex(({ _type }) => _type === 'output');
  const plain = middlewares[at] as Step;
  const compiled = checking(middlewares, output)[at] as Step;

  test('is checked by a function of its own', () => {
    expect(compiled).not.toBe(plain);
  });

  test('is let through, cut and refused as by its schema', async () => {
    const answers = answersFor(output as never, [newId(), newId()]);

    await fc.assert(
      fc.asyncProperty(answers, async (answer) => {
        expect(await madeOf(compiled, answer)).toStrictEqual(await madeOf(plain, answer));
      }),
      { numRuns: 60 },
    );
  });
});
