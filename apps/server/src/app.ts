import type { Server } from 'node:http';
import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import type { House } from '@comanda/domains/context';
import { newId } from '@comanda/kernel/id';
import { DomainError } from '@comanda/kernel/errors';
import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { DAY, SECOND } from '@comanda/kernel/time';
import Fastify, {
  type FastifyError,
  type FastifyHttpOptions,
  type FastifyInstance,
  LogController,
} from 'fastify';
import type { DestinationStream } from 'pino';
import type { Config } from './config.ts';
import { guardDoors } from './doors.ts';
import { serveHealth } from './health.ts';
import { loggingTo } from './logging.ts';
import { refuse } from './refusing.ts';
import { MAX_PATH, serveRpc } from './rpc.ts';

export type AppConfig = Pick<
  Config,
  'allowedHosts' | 'corsOrigins' | 'floodLimit' | 'logLevel' | 'trustProxy'
>;

interface Options {
  logs?: DestinationStream;
  isDraining?: () => boolean;
}

/** The whole server but for the port: main listens with it, tests inject into it. */
export async function buildApp(
  house: House,
  config: AppConfig,
  { logs, isDraining = () => false }: Options = {},
): Promise<FastifyInstance> {
  const options: FastifyHttpOptions<Server> = {
    logger: loggingTo({ level: config.logLevel, ...(logs && { stream: logs }) }),
    genReqId: ({ headers }) => requestId(headers['x-request-id']),
    logController: new LogController({ requestIdLogLabel: 'requestId' }),
    trustProxy: config.trustProxy.length > 0 ? config.trustProxy : false,
    bodyLimit: 64 * 1024,
    routerOptions: { maxParamLength: MAX_PATH },
    requestTimeout: 10 * SECOND,
    keepAliveTimeout: 65 * SECOND,
    http: { connectionsCheckingInterval: SECOND, headersTimeout: 5 * SECOND, maxHeaderSize: 8_192 },
    forceCloseConnections: 'idle',
    exposeHeadRoutes: false,
  };
  const app = Fastify(options);
  app.server.maxHeadersCount = 100;
  app.server.maxConnections = 2_000;
  guardDoors(app, config);
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: { 'default-src': ["'none'"] } },
    hsts: { maxAge: (365 * DAY) / SECOND },
    frameguard: { action: 'deny' },
    crossOriginResourcePolicy: { policy: 'cross-origin' },
  });
  await app.register(cors, {
    origin: config.corsOrigins,
    methods: ['GET', 'POST'],
    maxAge: 600,
    exposedHeaders: ['x-request-id', 'retry-after', 'ratelimit', 'ratelimit-policy'],
  });
  app.setNotFoundHandler((_, reply) => refuse(reply, kernelErrors.NO_SUCH_PROCEDURE()));
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const refused = refusalOf(error);
    if (refused.status >= 500) request.log.error({ err: error }, 'fault');
    return refuse(reply, refused);
  });
  serveHealth(app, house, isDraining);
  serveRpc(app, house);
  return app;
}

/** A caller may bring an id of their own, so that their logs and ours can be read together. */
function requestId(given: string | string[] | undefined): string {
  return typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : newId();
}

function refusalOf(error: FastifyError): DomainError {
  if (error instanceof DomainError) return error;
  const { statusCode = 500 } = error;
  if (statusCode === 413) return kernelErrors.PAYLOAD_TOO_LARGE();
  if (statusCode === 415) return kernelErrors.UNSUPPORTED_MEDIA_TYPE();
  if (statusCode === 404) return kernelErrors.NO_SUCH_PROCEDURE();
  if (statusCode >= 500) return kernelErrors.INTERNAL();
  const issue = { path: '', message: 'the request cannot be read' };
  return kernelErrors.VALIDATION({ issues: [issue], more: 0 });
}
