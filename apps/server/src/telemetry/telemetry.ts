import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import type { Watch, WatchedCall } from '@comanda/domains/context';
import { SECOND } from '@comanda/kernel/time';
import type { Database } from '@comanda/storage/connect';
import { listenToStatements, type Statement } from '@comanda/storage/statements';
import {
  type Context,
  isSpanContextValid,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
  type Tracer,
} from '@opentelemetry/api';
import type { TracerProvider } from '@opentelemetry/sdk-trace';
import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { whenStreamOpens } from '../opened-streams.ts';
import type { Tracing } from '../tracing.ts';
import { collecting } from './collector.ts';

/** Asked all the time, and of nobody's business. */
const UNTRACED = new Set(['/health', '/ready', '/metrics']);
const LONGEST_TEXT = 2_000;
const FLUSH_MS = 2 * SECOND;

interface Parts {
  database: Database;
  log: FastifyBaseLogger;
}

/** A span for every request, one in it for every call, and in that one for every statement. */
export class Telemetry implements Tracing {
  readonly #provider: TracerProvider;
  readonly #tracer: Tracer;
  readonly #system: string;
  /** The call that is under way. */
  readonly #inside = new AsyncLocalStorage<Span>();

  constructor(settings: Parameters<typeof collecting>[0], { database, log }: Parts) {
    this.#provider = collecting(settings, log);
    this.#tracer = this.#provider.getTracer('comanda');
    this.#system = database.dialect;
    listenToStatements(database, (statement) => this.#stated(statement));
  }

  follow(app: FastifyInstance, watch: Watch): void {
    const streamed = new WeakMap<FastifyReply, () => void>();
    app.addHook('onRequest', (request, reply, done) => {
      if (!UNTRACED.has(request.routeOptions.url ?? '')) {
        const span = this.#begin(request);
        const end = endOnce(span, reply);
        reply.raw.once('close', end);
        streamed.set(reply, end);
        const { traceId } = span.spanContext();
        request.log = reply.log = request.log.child({ traceId });
        request.watch = {
          around: (call, work) => this.#call(span, call, () => watch.around(call, work)),
        };
      }
      done();
    });
    // A stream is told when it opens: it may stay open for a quarter of an hour.
    whenStreamOpens(app, (reply) => streamed.get(reply)?.());
  }

  async close(): Promise<void> {
    const sent = this.#provider.shutdown().catch(() => undefined);
    await Promise.race([sent, wait(FLUSH_MS, undefined, { ref: false })]);
  }

  #begin({ method, routeOptions, id, headers }: FastifyRequest): Span {
    const route = routeOptions.url;
    const attributes = {
      'http.request.method': method,
      ...(route !== undefined && { 'http.route': route }),
      'comanda.request_id': id,
    };
    const name = route === undefined ? method : `${method} ${route}`;
    return this.#tracer.startSpan(
      name,
      { kind: SpanKind.SERVER, attributes },
      parentIn(headers['traceparent']),
    );
  }

  async #call<Answer>(
    request: Span,
    call: WatchedCall,
    work: () => Promise<Answer>,
  ): Promise<Answer> {
    const { procedure, kind, requestId } = call;
    const attributes = {
      'rpc.system': 'trpc',
      'rpc.method': procedure,
      'comanda.kind': kind,
      'comanda.request_id': requestId,
    };
    const span = this.#tracer.startSpan(procedure, { attributes }, within(request));
    try {
      return await this.#inside.run(span, work);
    } finally {
      const { role, outcome } = call;
      span.setAttributes({ 'comanda.role': role, 'comanda.outcome': outcome });
      if (outcome === 'fault') span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    }
  }

  /** What a stream reads later on belongs to no call any more. */
  #stated({ text, tookMs, failed }: Statement): void {
    const call = this.#inside.getStore();
    if (!call?.isRecording()) return;
    const ended = Date.now();
    const [name = text] = text.split(/\s/, 1);
    const span = this.#tracer.startSpan(
      name,
      {
        kind: SpanKind.CLIENT,
        startTime: ended - tookMs,
        attributes: { 'db.system': this.#system, 'db.query.text': text.slice(0, LONGEST_TEXT) },
      },
      within(call),
    );
    if (failed) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end(ended);
  }
}

function endOnce(span: Span, reply: FastifyReply): () => void {
  return () => {
    if (!span.isRecording()) return;
    span.setAttribute('http.response.status_code', reply.statusCode);
    if (reply.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  };
}

function within(span: Span): Context {
  return trace.setSpan(ROOT_CONTEXT, span);
}

/** Where the caller is already; anything that is no W3C trace context begins a trace of its own. */
function parentIn(header: string | string[] | undefined): Context {
  const parts = /^(?!ff)[\da-f]{2}-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})(?:-|$)/.exec(
    String(header),
  );
  const [, traceId = '', spanId = '', flags = ''] = parts ?? [];
  const remote = { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & 1, isRemote: true };
  return isSpanContextValid(remote) ? trace.setSpanContext(ROOT_CONTEXT, remote) : ROOT_CONTEXT;
}
