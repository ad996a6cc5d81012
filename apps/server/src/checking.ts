import { TRPCError } from '@trpc/server';
import { z } from 'zod';
import type { Ended, Step } from './running.ts';

/**
 * The steps of a procedure, with the one that checks what goes out made of its schema: one function without
 * the objects that zod makes for every value that it looks at. It lets through, leaves out and refuses the
 * same; what it refuses is told by zod itself. What cannot be compiled is checked as tRPC has it.
 */
export function checking(steps: readonly Step[], output: unknown): readonly Step[] {
  const compiled = output instanceof z.ZodType ? compiledFrom(output) : undefined;
  if (!compiled || steps.filter(checksOutput).length !== 1) return steps;
  return steps.map((step) => (checksOutput(step) ? checkedBy(compiled) : step));
}

/** Nothing where it waits for something, say. */
function compiledFrom(output: z.ZodType): z.ZodType | undefined {
  try {
    return z.compile(output, { strict: true });
  } catch {
    return undefined;
  }
}

/** tRPC's own name for it. */
function checksOutput(step: Step & { _type?: string }): boolean {
  return step._type === 'output';
}

function checkedBy(output: z.ZodType): Step {
  return async ({ next }) => {
    const result = (await next()) as Ended;
    if (!result.ok) return result;
    try {
      return { ...result, data: output.parse(result.data) };
    } catch (cause) {
      throw new TRPCError({ message: REFUSED, code: 'INTERNAL_SERVER_ERROR', cause });
    }
  };
}

const REFUSED = 'Output validation failed';
