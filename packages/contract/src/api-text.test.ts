import { describe, expect, test } from 'vitest';
import { apiText } from './api-text.ts';
import type { Contract, Procedure } from './contract.ts';
import { routesText } from './routes-text.ts';

const call = (about: Partial<Procedure>): Procedure => ({
  type: 'query',
  access: 'anyone',
  summary: 'Does it.',
  input: null,
  optional: true,
  output: { $ref: '#/types/Menu' },
  refusals: ['VALIDATION'],
  keyed: false,
  ...about,
});
const told = { status: 409, message: 'No.', advice: 'None.', details: null };

const CONTRACT: Contract = {
  version: '0.1',
  hash: '0123456789ab',
  procedures: {
    'menu.show': call({ summary: 'Shows the menu.' }),
    'menu.items.list': call({ input: { type: 'object' }, refusals: ['NO_MENU', 'VALIDATION'] }),
    'orders.place': call({
      type: 'mutation',
      access: 'order.place',
      input: { $ref: '#/types/Place' },
      optional: false,
      refusals: ['UNAUTHENTICATED', 'FORBIDDEN', 'VALIDATION'],
      keyed: true,
    }),
    'orders.watch': call({
      type: 'subscription',
      access: 'signedIn',
      output: { type: 'string' },
      refusals: ['UNAUTHENTICATED', 'VALIDATION'],
    }),
  },
  refusals: {
    VALIDATION: told,
    QUOTA_EXCEEDED: {
      ...told,
      details: {
        type: 'object',
        properties: { retryAfterMs: { type: 'integer' } },
        required: ['retryAfterMs'],
      },
    },
    UNAUTHENTICATED: told,
    FORBIDDEN: told,
    NO_MENU: told,
    UPGRADE_REQUIRED: told,
  },
  types: {
    Menu: { type: 'array', items: { type: 'string' }, description: 'What there is.' },
    Place: {
      type: 'object',
      properties: { items: { type: 'array' }, idempotencyKey: { type: 'string' } },
      required: ['items', 'idempotencyKey'],
      additionalProperties: false,
    },
  },
};

describe('api.ts', () => {
  test('has each call in its folder, with its words, input, output and refusals', () => {
    expect(apiText(CONTRACT)).toBe(`\
// Made from the router by \`npm run contract\`; not to be changed by hand.
import type { Mutation, Query, Subscription } from '../calls.ts';

/** What there is. */
export type Menu = string[];

/** Taken by \`orders.place\`. */
export interface Place {
  items: unknown[];
  idempotencyKey?: string;
}

/** What each refusal tells besides its code. */
export interface RefusalDetails {
  VALIDATION: {};
  QUOTA_EXCEEDED: { retryAfterMs: number };
  UNAUTHENTICATED: {};
  FORBIDDEN: {};
  NO_MENU: {};
  UPGRADE_REQUIRED: {};
}

type Always = 'VALIDATION' | 'QUOTA_EXCEEDED' | 'UPGRADE_REQUIRED';
type SignedIn = 'UNAUTHENTICATED' | Always;
type Allowed = 'FORBIDDEN' | SignedIn;

/** Every call of the service. */
export interface Api {
  menu: {
    /** Shows the menu. Open to anyone. */
    show: Query<void, Menu, Always>;
    items: {
      /** Does it. Open to anyone. */
      list: Query<Record<string, never> | void, Menu, 'NO_MENU' | Always>;
    };
  };
  orders: {
    /** Does it. Needs \`order.place\`. */
    place: Mutation<Place, Menu, Allowed>;
    /** Does it. Needs a sign-in. */
    watch: Subscription<void, string, SignedIn>;
  };
}
`);
  });

  test('has no type by a name that means something else in it', () => {
    expect(() => apiText({ ...CONTRACT, types: { Always: { type: 'string' } } })).toThrow(
      'Always means something else here',
    );
  });
});

describe('routes.ts', () => {
  test('has each call as a procedure of tRPC, and imports what it names', () => {
    expect(routesText(CONTRACT)).toBe(`\
// Made from the router by \`npm run contract\`; not to be changed by hand.
// oxfmt-ignore
import type { TRPCMutationProcedure as Mutation, TRPCQueryProcedure as Query, TRPCSubscriptionProcedure as Subscription } from '@trpc/server';
import type { StreamEvent } from '../calls.ts';
import type { Menu, Place } from './api.ts';
import type { Of } from './router.ts';

type Always = 'VALIDATION' | 'QUOTA_EXCEEDED' | 'UPGRADE_REQUIRED';
type SignedIn = 'UNAUTHENTICATED' | Always;
type Allowed = 'FORBIDDEN' | SignedIn;

/** Every call of the service, as a procedure of tRPC. */
export type Routes = {
  menu: {
    /** Shows the menu. Open to anyone. */
    show: Query<Of<void, Menu, Always>>;
    items: {
      /** Does it. Open to anyone. */
      list: Query<Of<Record<string, never> | void, Menu, 'NO_MENU' | Always>>;
    };
  };
  orders: {
    /** Does it. Needs \`order.place\`. */
    place: Mutation<Of<Place, Menu, Allowed>>;
    /** Does it. Needs a sign-in. */
    watch: Subscription<Of<void, AsyncIterable<StreamEvent<string>>, SignedIn>>;
  };
};
`);
  });

  test('keeps lines that are too long as they are, and names nothing that it does not use', () => {
    const place = CONTRACT.procedures['orders.place'];
    const codes = Array.from({ length: 9 }, (_, nth) => `A_CODE_${nth}`);
    const text = routesText({
      ...CONTRACT,
      procedures: { 'orders.place': { ...place, refusals: codes } as Procedure },
      refusals: { ...CONTRACT.refusals, ...Object.fromEntries(codes.map((code) => [code, told])) },
    });

    expect(text).toContain(
      "import type { TRPCMutationProcedure as Mutation } from '@trpc/server';",
    );
    expect(text).toContain(`// oxfmt-ignore\ntype Always = 'QUOTA_EXCEEDED'`);
    expect(text).not.toContain('StreamEvent');
  });
});
