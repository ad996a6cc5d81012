/** A domain calls only what stands before it; the other direction is an event, which `live` carries. */
export const DOMAINS = [
  'auth',
  'live',
  'people',
  'restaurants',
  'quotas',
  'permissions',
  'shifts',
  'timecards',
  'files',
  'profile',
  'recipes',
  'menu',
  'tables',
  'cart',
  'orders',
  'kitchen',
  'reservations',
  'tasks',
  'books',
  'audit',
  'reports',
];

/**
 * A file is named by its workspace and its path in `src`: `domains/cart/cart.rules`.
 * `*` is anything but a slash, `**` anything, `<own>` the same name as in `room`,
 * `<earlier>` the own domain or one before it; `type x` lets in types of x and nothing else;
 * `!x` keeps x out whatever else lets it in.
 */
export interface Row {
  room: string;
  may: string[];
}

const HALL = '{trpc,line,context,scope,deadline,telling,showing,watching}';
const PURE = '{rules,transitions,common-passwords}';

const ACTIONS_MAY = [
  'kernel',
  'storage',
  'domains/{context,access.errors}',
  'domains/<own>/*',
  '!domains/<own>/*.procedures',
  'domains/<earlier>/*.{entity,schema,errors,reads,actions}',
  'domains/auth/auth.{actor,standing,sessions,passwords,tokens,keys}',
  'domains/auth/credentials/*',
  'domains/live/{follow,alike}',
];

const PAGES_MAY = [
  'client',
  'react',
  'react-dom/*',
  'wouter',
  '@base-ui/react/*',
  '@tanstack/react-query',
  '@trpc/tanstack-react-query',
];

/** The first row that fits a file is its room; a file without a room is out of place. */
export const ROOMS: Row[] = [
  { room: 'tests/**', may: ['**'] },
  {
    room: 'client/**.test',
    may: ['client', '@trpc/client', '{vitest,fast-check,superjson}', 'node:*'],
  },
  { room: 'web/**.test', may: ['web', 'client', '{vitest,fast-check}'] },
  {
    room: '<own>/**.{test,conformance,oracle,any}',
    may: [
      '<own>',
      'kernel',
      '{vitest,fast-check,zod,superjson,kysely,fastify,yaml}',
      '@mikro-orm/*',
      'node:*',
    ],
  },
  { room: 'kernel/**', may: ['kernel', 'zod', 'superjson', 'node:*'] },
  {
    room: 'storage/**',
    may: ['storage', 'kernel', '@mikro-orm/*', 'kysely', 'better-sqlite3', 'node:*'],
  },
  { room: 'pictures/**', may: ['pictures', 'kernel', 'sharp', 'node:*'] },
  { room: 'quotas/**', may: ['quotas', 'kernel', 'bottleneck', 'ioredis', 'node:*'] },

  {
    room: 'domains/quotas/*.schema',
    may: ['zod', 'kernel', 'quotas/rates', 'domains/<own>/*.schema'],
  },
  { room: 'domains/<own>/*.schema', may: ['zod', 'kernel', 'domains/*/*.schema'] },
  { room: 'domains/<own>/*.errors', may: ['zod', 'kernel', 'domains/<earlier>/*.schema'] },
  {
    room: 'domains/<own>/*.entity',
    may: [
      '@mikro-orm/core',
      'kernel',
      'storage/base.entity',
      'domains/*/*.entity',
      'domains/<own>/*.schema',
      'type domains/<earlier>/*.schema',
    ],
  },
  {
    room: `domains/<own>/*.${PURE}`,
    may: ['kernel', 'type domains/*/*.schema', 'domains/<own>/*.errors', `domains/<own>/*.${PURE}`],
  },
  {
    room: 'domains/<own>/*.reads',
    may: [
      'kernel',
      'storage',
      'type domains/context',
      'domains/*/*.entity',
      'domains/<earlier>/*.{reads,schema}',
      'domains/<own>/*.errors',
      `domains/<own>/*.${PURE}`,
    ],
  },
  {
    room: 'domains/<own>/*.procedures',
    may: [
      'kernel',
      'domains/trpc',
      'quotas/{role-policies,scopes}',
      'domains/<own>/*',
      'domains/<earlier>/*.{schema,errors}',
      `!domains/<own>/*.{entity,${PURE.slice(1)}`,
    ],
  },

  {
    room: 'domains/auth/{credentials/*,auth.passwords,auth.tokens,auth.keys,auth.budget}',
    may: [
      'argon2',
      'jose',
      'zod',
      'node:*',
      'kernel',
      'quotas/{hash-gate,login-policies}',
      'type quotas/store',
      'type domains/context',
      'domains/auth/auth.errors',
      'domains/auth/credentials/*',
    ],
  },
  {
    room: 'domains/auth/auth.{guard,standing,actor}',
    may: [
      'kernel',
      'storage',
      'domains/{context,access.errors}',
      'domains/auth/auth.{guard,standing,actor,reads,standing.reads,rules,errors,schema}',
      'domains/auth/*.entity',
      'domains/auth/credentials/*',
    ],
  },
  {
    room: 'domains/live/*',
    may: [
      '@trpc/server',
      'kernel',
      'storage',
      'node:timers/promises',
      'domains/live/*',
      'domains/access.errors',
      'domains/auth/auth.guard',
      'type domains/context',
    ],
  },
  {
    room: 'domains/quotas/*.views',
    may: [
      ...ACTIONS_MAY,
      'quotas/{role-policies,scopes}',
      'type quotas',
      'domains/auth/auth.budget',
      '!domains/<own>/*.actions',
    ],
  },
  { room: 'domains/quotas/quotas.{budgets,charge}', may: [...ACTIONS_MAY, 'quotas', 'node:*'] },
  { room: 'domains/auth/*.actions', may: [...ACTIONS_MAY, 'quotas/login-policies'] },
  { room: 'domains/files/files.actions', may: [...ACTIONS_MAY, 'pictures/{refused,sizes}'] },
  { room: 'domains/<own>/*.actions', may: ACTIONS_MAY },
  // A part of the actions in a file of its own; only its own domain sees it.
  { room: 'domains/<own>/*', may: ACTIONS_MAY },

  {
    room: `domains/${HALL}`,
    may: [
      '@trpc/server',
      'zod',
      'kernel',
      'storage',
      'quotas',
      `domains/${HALL}`,
      'domains/access.errors',
      'domains/auth/auth.guard',
      'domains/quotas/quotas.charge',
      'domains/timecards/timecards.duty.actions',
      'type domains/quotas/*',
      'domains/restaurants/*.{entity,errors,reads}',
      'type domains/restaurants/*.schema',
      'type domains/auth/**',
      'type domains/live/*',
      'type pictures/*',
    ],
  },
  { room: 'domains/access.errors', may: ['zod', 'kernel'] },
  { room: 'domains/errors', may: ['kernel', 'domains/access.errors', 'domains/*/*.errors'] },
  { room: 'domains/errors-page', may: ['zod', 'kernel', 'domains/{errors,router,telling}'] },
  { room: 'domains/contract', may: [] },
  {
    room: 'domains/entities',
    may: ['storage/editions', 'domains/*/*.entity', 'domains/menu/menu.orderable.rules'],
  },
  { room: 'domains/procedures', may: ['domains/*/*.procedures'] },
  { room: 'domains/router', may: ['@trpc/server', 'domains/{trpc,procedures}'] },

  {
    room: 'contract/**',
    may: ['contract', 'kernel', 'domains/{errors,router,telling}', 'zod', 'node:*'],
  },

  { room: 'client/pace', may: ['client', 'bottleneck'] },
  {
    room: 'client/**',
    may: [
      'client',
      '@trpc/client',
      '@trpc/server/observable',
      'type @trpc/server',
      'type domains/{procedures,errors}',
    ],
  },
  {
    room: 'testing/**',
    may: [
      'testing',
      'client',
      'kernel',
      'storage',
      'domains',
      'server/{app,house,picture-folder}',
      'quotas/role-policies',
      'type server',
      'node:*',
    ],
  },
  {
    room: 'server/rest/**',
    may: [
      'server',
      'kernel',
      'domains',
      'fastify',
      'find-my-way',
      'csv-stringify/*',
      '@trpc/server',
      'node:*',
    ],
  },
  { room: 'server/secrets/**', may: ['server/secrets/*', '@aws-sdk/*', 'node:*'] },
  {
    room: 'server/telemetry/**',
    may: [
      'server/telemetry/*',
      'server/opened-streams',
      'type server/tracing',
      'kernel',
      'storage/statements',
      'type storage',
      'type domains/context',
      'type fastify',
      '@opentelemetry/*',
      'node:*',
    ],
  },
  {
    room: 'server/**',
    may: [
      'server',
      'kernel',
      'pictures',
      'storage',
      'quotas',
      'domains',
      'fastify',
      '@fastify/*',
      'pino',
      'prom-client',
      '@trpc/server',
      'zod',
      'node:*',
    ],
  },
  {
    room: 'cli/**',
    may: ['cli', 'client', 'zod', 'csv-parse/*', 'csv-stringify/*', 'yaml', 'node:*'],
  },
  { room: 'web/{house,parts}/**', may: ['web/{house,parts}/**', ...PAGES_MAY] },
  { room: 'web/{main,app,pages}', may: ['web/**', ...PAGES_MAY] },
  // A room of the web app knows no other room: each is loaded for itself.
  { room: 'web/<own>/**', may: ['web/<own>/**', 'web/{house,parts}/**', ...PAGES_MAY] },
];

export interface Ban {
  room: string;
  but: string[];
  words: string[];
  why: string;
}

/** Words that a room does without. */
export const BANS: Ban[] = [
  {
    room: `domains/*/*.${PURE}`,
    but: [],
    words: ['await', 'em', 'new Date()', 'Date.now', 'performance', 'Math.random', 'crypto'],
    why: 'a rule waits for nothing, loads nothing, reads no clock and throws no dice',
  },
  {
    room: 'domains/*/*.procedures',
    but: [],
    words: ['em', 'if'],
    why: 'a procedure says who may ask, in what words; it decides nothing',
  },
  {
    room: 'domains/*/*.reads',
    but: [],
    words: ['insertInto', 'updateTable', 'deleteFrom', 'persist', 'flush', 'upsert'],
    why: 'a read changes nothing',
  },
  {
    room: '**',
    but: ['storage/**', 'tests/**'],
    words: [
      'nativeUpdate',
      'nativeDelete',
      'executeQuery',
      'execute(text)',
      'import sql',
      'import raw',
    ],
    why: 'tenancy and audit do not see it, so it lives in storage',
  },
  {
    room: '**',
    but: ['server/config', 'cli/main', 'tests/**'],
    words: ['process.env', 'import env'],
    why: 'the environment is read once, in apps/server/src/config.ts and apps/cli/src/main.ts',
  },
];
