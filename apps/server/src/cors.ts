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

/** Lets pages of these origins call, with a session cookie if they like, and read what they are told. */
export function corsFor(origins: string[]): FastifyCorsOptionsDelegateCallback {
  const page = {
    origin: origins,
    methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: SENT,
    exposedHeaders: [
      'x-request-id',
      'retry-after',
      'ratelimit',
      'ratelimit-policy',
      'etag',
      'link',
    ],
    maxAge: 600,
  };
  return ({ headers: { origin } }, done) => {
    done(null, { ...page, credentials: origin !== undefined && origins.includes(origin) });
  };
}
