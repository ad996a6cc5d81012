import type { FastifyCorsOptionsDelegateCallback } from '@fastify/cors';

const SENT = [
  'authorization',
  'content-type',
  'idempotency-key',
  'if-match',
  'if-none-match',
  'last-event-id',
  'trpc-accept',
  'x-comanda-contract',
  'x-guest-token',
  'x-request-id',
  'x-session',
];

const READ = ['x-request-id', 'retry-after', 'ratelimit', 'ratelimit-policy', 'etag', 'link'];

/** Lets pages of these origins call, with a session cookie if they like, and read what they are told. */
export function corsFor(origins: string[]): FastifyCorsOptionsDelegateCallback {
  // As they go out, so that no answer has to put them together.
  const page = {
    origin: origins,
    methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].join(', '),
    allowedHeaders: SENT.join(', '),
    exposedHeaders: READ.join(', '),
    maxAge: 600,
  };
  const guest = { ...page, credentials: false };
  const friend = { ...page, credentials: true };
  return ({ headers: { origin } }, done) => {
    done(null, origin !== undefined && origins.includes(origin) ? friend : guest);
  };
}
