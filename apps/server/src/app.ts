import type { Server } from 'node:http';
import cors from '@fastify/cors';
import type { House } from '@comanda/domains/context';
import type { DomainError } from '@comanda/kernel/errors';
import { transportErrors } from '@comanda/kernel/transport.errors';
import { appRouter } from '@comanda/domains/router';
import { MAX_BATCH } from '@comanda/domains/telling';
import { MINUTE, SECOND } from '@comanda/kernel/time';
import type { AnyTRPCRouter } from '@trpc/server';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyHttpOptions,
  type FastifyInstance,
  type FastifyRequest,
  LogController,
} from 'fastify';
import type { DestinationStream } from 'pino';
import type { Config } from './config.ts';
import { hurryBodies } from './bodies.ts';
import { corsFor } from './cors.ts';
import { serveDocs } from './docs-page.ts';
import { guard, openDoors, refuseTunnels } from './doors.ts';
import { letGoOfConnections } from './draining.ts';
import { serveFiles } from './files.ts';
import { serveHealth } from './health.ts';
import { openLog } from './logging.ts';
import { CallMetrics } from './call-metrics.ts';
import { serveMetrics } from './metrics.ts';
import { Pressure } from './pressure.ts';
import { Readiness } from './readiness.ts';
import { refusalOf, refuse } from './refusing.ts';
import { requestId } from './request-id.ts';
import { serveRest } from './rest/rest.ts';
import { answerAtTheDoor } from './rpc/at-the-door.ts';
import { FinishedAnswers } from './rpc/finished.ts';
import { longestPath, serveRpc } from './rpc/rpc.ts';
import { cutOffStalled } from './stalled.ts';
import type { Tracing } from './tracing.ts';
import { serveWeb, wantsPage } from './web-pages.ts';

export type AppConfig = Pick<
  Config,
  'allowedHosts' | 'corsOrigins' | 'floodLimit' | 'logLevel' | 'trustProxy'
> &
  Partial<Pick<Config, 'publicUrl' | 'metricsToken'>> & {
    floodHoldMs?: number;
    stalledMs?: number;
  };

interface Options {
  /** Left out: one of its own, into `logs`. */
  log?: FastifyBaseLogger;
  logs?: DestinationStream;
  isDraining?: () => boolean;
  /** Left out: one that was not started, and finds that there is never too much to do. */
  pressure?: Pressure;
  /** Left out: nothing is traced. */
  tracing?: Tracing | undefined;
  /** Where the web app lies, built. Left out: there is none, and no page but /docs. */
  web?: string | undefined;
  /** Left out: the one of every procedure there is. Tests bring procedures of their own. */
  router?: AnyTRPCRouter;
}

/** The whole server but for the port: main listens with it, tests inject into it. */
export async function buildApp(
  furnished: House,
  config: AppConfig,
  options: Options = {},
): Promise<FastifyInstance> {
  const { log, logs, isDraining = () => false, router = appRouter } = options;
  const { pressure = new Pressure(), tracing, web } = options;
  const readiness = new Readiness({ database: furnished.database, pressure, isDraining });
  const watch = new CallMetrics((outcome) => readiness.noticed(outcome));
  // The house itself, not a copy of it: whoever furnished it may go on changing it, as tests do.
  const house: House = Object.assign(furnished, { watch, load: pressure });
  const doors = openDoors(config);
  const app = Fastify({
    loggerInstance: log ?? openLog({ level: config.logLevel, ...(logs && { stream: logs }) }),
    genReqId: ({ headers }) => requestId(headers['x-request-id']),
    logController: new LogController({ requestIdLogLabel: 'requestId' }),
    trustProxy: config.trustProxy.length > 0 ? config.trustProxy : false,
    bodyLimit: 64 * 1024,
    routerOptions: { maxParamLength: longestPath(router) },
    requestTimeout: MINUTE, // of uploads; all others have less: bodies.ts
    keepAliveTimeout: 65 * SECOND,
    http: {
      connectionsCheckingInterval: SECOND,
      headersTimeout: 5 * SECOND,
      maxHeaderSize: 8_192,
      requireHostHeader: false, // the doors ask for it, and say so in our words
    },
    forceCloseConnections: 'idle',
    return503OnClosing: false, // what still comes on an open connection is answered, and closes it
    exposeHeadRoutes: false,
    // An address that no route can read comes here past every hook.
    frameworkErrors: (error, request, reply) => {
      const refused = doors.outer(request, reply) ?? doors.inner(request, reply);
      doors.turnAway(reply, refused ?? unroutable(error, request));
    },
  } satisfies FastifyHttpOptions<Server>);
  app.server.maxHeadersCount = 100;
  app.server.maxConnections = 2_000;
  refuseTunnels(app);
  hurryBodies(app, 10 * SECOND);
  letGoOfConnections(app, isDraining);
  cutOffStalled(app, config.stalledMs);
  guard(app, { door: doors.outer, turnAway: doors.turnAway });
  await app.register(cors, { delegator: corsFor(config.corsOrigins) });
  guard(app, { door: doors.inner, turnAway: doors.turnAway });
  tracing?.follow(app, watch);
  answerErrors(app);
  serveHealth(app, house, readiness);
  serveMetrics(app, house, { ...config, measured: { calls: watch, pressure, readiness } });
  await serveFiles(app, house);
  serveRest(app, house, { router, origins: config });
  serveDocs(app);
  servePages(app, web);
  const finished = new FinishedAnswers(house);
  serveRpc(app, house, { router, origins: config, finished });
  // What is traced is followed through everything.
  if (!tracing) answerAtTheDoor(app, { ...config, house, finished, doors, isDraining });
  return app;
}

function servePages(app: FastifyInstance, web: string | undefined): void {
  const page = web === undefined ? undefined : serveWeb(app, web);
  app.setNotFoundHandler((request, reply) =>
    page && wantsPage(request)
      ? page(request, reply.code(404))
      : refuse(reply, transportErrors.NO_SUCH_PROCEDURE()),
  );
}

function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const refused = refusalOf(error);
    if (refused.status >= 500) request.log.error({ err: error }, 'fault');
    return refuse(reply, refused);
  });
}

/** An address too long for a batch of the allowed size, or one that is no address at all. */
function unroutable({ code }: FastifyError, { url }: FastifyRequest): DomainError {
  const batch = code === 'FST_ERR_MAX_PARAM_LENGTH' && /[?&]batch=1(&|$)/.test(url);
  return batch
    ? transportErrors.BATCH_TOO_LARGE({ limit: MAX_BATCH })
    : transportErrors.NO_SUCH_PROCEDURE();
}
