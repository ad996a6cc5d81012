import type { Context, House } from '@comanda/domains/context';
import type { ToldShape } from '@comanda/domains/telling';
import { wireText } from '@comanda/kernel/wire-text';
import {
  type AnyTRPCRouter,
  callTRPCProcedure,
  getTRPCErrorFromUnknown,
  getTRPCErrorShape,
  type TRPCError,
} from '@trpc/server';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { contextOf } from '../context.ts';
import { jarOf } from '../cookies.ts';
import { streamOpens } from '../opened-streams.ts';
import { headersFor } from '../rpc/headers.ts';
import type { Served } from '../rpc/stock.ts';
import { type Asked, askedIn, subscriptionsOf } from './asked.ts';
import { LineClock } from './clock.ts';
import { type Frame, frame, Frames } from './frames.ts';
import { Line } from './line.ts';
import { tellOn } from './telling-on.ts';

const OPENED = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
  connection: 'keep-alive',
};

/**
 * Answers subscriptions in the words of tRPC, but without a generator and a web stream for each reader:
 * what many are told alike is made once, and its bytes go to every socket. All else is left to tRPC.
 */
export function streamsOf(house: House, served: Served) {
  const { router } = served;
  const streams = new Streams(router);
  const known = { router, names: subscriptionsOf(router) };
  /** Whether it was one, and is answered by that. */
  return async (request: FastifyRequest, reply: FastifyReply): Promise<boolean> => {
    const asked = askedIn(request, known);
    if (!asked) return false;
    const jar = jarOf({ req: request, res: reply }, served.origins, house.clock);
    const ctx = await contextOf(house, request, { calls: 1, jar });
    await streams.answer(reply, ctx, asked);
    return true;
  };
}

class Streams {
  readonly #router: AnyTRPCRouter;
  readonly #frames: Frames;
  readonly #clock: LineClock;
  readonly #connected: Frame;

  constructor(router: AnyTRPCRouter) {
    const { sse, transformer } = router._def._config;
    const { ping, client, maxDurationMs = Infinity } = sse ?? {};
    const pingMs = ping?.enabled ? (ping.intervalMs ?? 1_000) : Infinity;
    this.#router = router;
    this.#frames = new Frames((told) => transformer.output.serialize(told));
    this.#clock = new LineClock({ pingMs, longestMs: maxDurationMs });
    this.#connected = frame({ event: 'connected', data: JSON.stringify(client ?? {}) });
  }

  async answer(reply: FastifyReply, ctx: Context, asked: Asked): Promise<void> {
    const signal = hungUp(reply);
    const { path, lastEventId } = asked;
    const { requestId } = ctx;
    const shape = (error: TRPCError) => shapeOf(this.#router, { path, requestId, error });
    let events: unknown;
    try {
      events = await this.#call(ctx, asked, signal);
    } catch (thrown) {
      const error = getTRPCErrorFromUnknown(thrown);
      return this.#refuse(reply, ctx, { error, shape: shape(error) });
    }
    const line = this.#open(reply, ctx);
    tellOn(line, events, { signal, frames: this.#frames, shape, lastEventId });
  }

  #call(ctx: Context, { path, input }: Asked, signal: AbortSignal): Promise<unknown> {
    const call = { path, getRawInput: input, ctx, signal, batchIndex: 0 };
    return callTRPCProcedure({ router: this.#router, type: 'subscription', ...call });
  }

  #open(reply: FastifyReply, ctx: Context): Line {
    const { raw } = reply;
    void reply.headers({ ...OPENED, ...headersFor({ ctx, errors: [], body: undefined }) });
    streamOpens(reply);
    reply.hijack();
    raw.writeHead(200, reply.getHeaders() as Record<string, string>);
    const line = new Line(raw);
    if (raw.destroyed) return line;
    // By themselves: put together with what follows, Node would keep them in a hundred pieces.
    raw.flushHeaders();
    line.say(this.#connected);
    this.#clock.watch(line);
    forgetAsked(reply);
    return line;
  }

  /** Before there is a stream: by a status, as any call. */
  #refuse(reply: FastifyReply, ctx: Context, { error, shape }: Refusal): void {
    const body = `{"error":${wireText(shape)}}`;
    void reply
      .code(shape.data.httpStatus)
      .headers(headersFor({ ctx, errors: [error], body: () => body }))
      .send(Buffer.from(body));
  }
}

interface Refusal {
  error: TRPCError;
  shape: ToldShape;
}

// Functions of their own: what stays while a stream is open holds on to nothing else of its request.

function hungUp({ raw, request }: FastifyReply): AbortSignal {
  const gone = new AbortController();
  // Some hang up before it is known who they are; of those nothing is heard any more.
  if (raw.destroyed) gone.abort();
  else raw.once('close', () => gone.abort());
  // An answer that waits behind another on the same line hears nothing of its end, in some versions of Node.
  request.raw.once('aborted', () => gone.abort());
  return gone.signal;
}

/** Cookies and tokens are some kilobytes, and nobody asks for them again while a stream is open. */
function forgetAsked({ request }: FastifyReply): void {
  request.raw.rawHeaders.length = 0;
  request.raw.headers = {};
}

function shapeOf(
  { _def }: AnyTRPCRouter,
  { path, requestId, error }: { path: string; requestId: string; error: TRPCError },
): ToldShape {
  const { _config: config } = _def;
  const call = { ctx: { requestId }, path, type: 'subscription', input: undefined } as const;
  const shape: unknown = getTRPCErrorShape({ config, error, ...call });
  return shape as ToldShape;
}
