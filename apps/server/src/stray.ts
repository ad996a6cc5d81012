import type { FastifyBaseLogger } from 'fastify';

/**
 * A promise that nobody waited for has failed: a bug, and no reason to take the service from everybody else.
 * What was thrown past everybody leaves the process in a state that nobody knows: it ends, and its
 * supervisor starts another.
 */
export function watchForStrays(
  log: Pick<FastifyBaseLogger, 'error' | 'fatal'>,
  process: Pick<NodeJS.Process, 'on' | 'exit'>,
): void {
  process.on('unhandledRejection', (reason) => {
    log.error({ err: reason }, 'a promise failed and nobody waited for it');
  });
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'thrown past everybody: the server ends');
    process.exit(70);
  });
}
