import type { Context } from '@comanda/domains/context';
import { wireText } from '@comanda/kernel/wire-text';
import {
  type AnyTRPCRouter,
  getTRPCErrorFromUnknown,
  getTRPCErrorShape,
  type TRPCError,
} from '@trpc/server';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import { run } from '../running.ts';
import type { Asked, AskedCall } from './asked.ts';

/** What became of a request. */
export interface Answered {
  status: number;
  body: string;
  errors: TRPCError[];
}

interface Asking {
  router: AnyTRPCRouter;
  ctx: Context;
  asked: Asked;
  /** Aborted when nobody waits any more. */
  signal: AbortSignal;
}

/** Where calls of one request end differently. */
const MULTI_STATUS = 207;

/** Makes the calls of a request, all at once, and writes what they answer as tRPC would. */
export async function answered(asking: Asking): Promise<Answered> {
  const { calls, isBatch } = asking.asked;
  const answers = await Promise.all(calls.map((call) => answer(asking, call)));
  const [first = { status: 200, text: '' }, ...others] = answers;
  return {
    status: others.every(({ status }) => status === first.status) ? first.status : MULTI_STATUS,
    body: isBatch ? `[${answers.map(({ text }) => text).join()}]` : first.text,
    errors: answers.flatMap(({ error }) => error ?? []),
  };
}

interface Answer {
  status: number;
  text: string;
  error?: TRPCError;
}

async function answer({ router, ctx, asked, signal }: Asking, call: AskedCall): Promise<Answer> {
  const { path, procedure, batchIndex } = call;
  const { type } = procedure._def;
  // A promise that fails, and not a function that throws.
  const getRawInput = async () => asked.inputs()[batchIndex];
  try {
    const data: unknown = await run(procedure, {
      path,
      getRawInput,
      ctx,
      type,
      signal,
      batchIndex,
    });
    return { status: 200, text: `{"result":{"data":${wireText(data)}}}` };
  } catch (thrown) {
    const error = getTRPCErrorFromUnknown(thrown);
    const config = router._def._config;
    const shape = getTRPCErrorShape({ config, error, type, path, input: undefined, ctx });
    return { status: statusOf(shape, error), text: `{"error":${wireText(shape)}}`, error };
  }
}

function statusOf(shape: unknown, error: TRPCError): number {
  const { data } = shape as { data?: { httpStatus?: unknown } };
  const told = data?.httpStatus;
  return typeof told === 'number' ? told : getHTTPStatusCodeFromError(error);
}
