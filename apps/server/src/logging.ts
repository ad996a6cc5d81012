import type { FastifyBaseLogger, FastifyReply, FastifyRequest } from 'fastify';
import { type DestinationStream, pino } from 'pino';

interface Sink {
  level: string;
  stream?: DestinationStream;
}

/**
 * Structured logs that can hold no secret: of a request only what is listed here, of an error neither
 * the SQL nor the values that its message quotes.
 */
export function openLog({ level, stream }: Sink): FastifyBaseLogger {
  const options = {
    level,
    serializers: {
      req: request,
      res: ({ statusCode }: FastifyReply) => ({ statusCode }),
      err: fault,
    },
    redact: {
      paths: ['*.password', '*.token', '*.authorization', '*.cookie', 'headers'],
      censor: '[kept back]',
    },
  };
  return pino(options, stream ?? standardOutput());
}

/** What is kept of lines while nobody reads them. */
const KEPT_BYTES = 16 * 1024 * 1024;
let dropped = 0;

/** Lines that were never written, because nobody has read the ones before. */
export function droppedLines(): number {
  return dropped;
}

/** A server goes on when its log is not read: what finds no room is counted in its place. */
function standardOutput(): DestinationStream {
  const output = pino.destination({ dest: 1, sync: false, maxLength: KEPT_BYTES });
  return output.on('drop', () => {
    dropped += 1;
  });
}

interface Fault {
  [key: string]: unknown;
  type: string;
  message: string;
  stack: string;
}

function request({ method, url, ip }: FastifyRequest) {
  return { method, path: url.split('?', 1)[0], address: ip };
}

function fault(error: unknown): Fault {
  if (!(error instanceof Error)) return { type: typeof error, message: '', stack: '' };
  const { name, code, message, stack = '' } = error as Error & { code?: unknown };
  // A message may bring lines of its own that look like frames.
  const frames = stack
    .replaceAll(message, '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line));
  const fromDatabase =
    'sqlMessage' in error || /Exception|Sqlite/.test(name) || 'sqlState' in error;
  return {
    type: name,
    ...(code !== undefined && { code }),
    message: fromDatabase ? 'the database refused a statement' : message,
    stack: frames.join('\n'),
    ...(error.cause instanceof Error && { cause: fault(error.cause) }),
  };
}
