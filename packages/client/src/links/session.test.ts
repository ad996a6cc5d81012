import { describe, expect, test } from 'vitest';
import { fixedToken } from '../session/fixed-token.ts';
import { op, refusal } from '../session/scripted.ts';
import type { Session } from '../session/session.ts';
import { refreshThrough, session } from './session.ts';
import { type Link, type Next, type Op, step } from './step.ts';

/** A service behind the link that answers with the token it was shown, unless it refuses it. */
function service(refuse: (token: string | undefined) => Error | undefined = () => undefined) {
  const shown: (string | undefined)[] = [];
  const answer: Next = async ({ context }) => {
    shown.push(context.token);
    const refused = refuse(context.token);
    if (refused) throw refused;
    return `seen ${context.token}`;
  };
  return { shown, link: step(answer) };
}

function send([first, last]: [Link, Link], call: Op): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  const end = (passed: unknown) =>
    last({})({
      op: passed as never,
      next: () => {
        throw new Error('the end');
      },
    });
  first({})({ op: call, next: end }).subscribe({
    next: ({ result }) => resolve('data' in result ? result.data : undefined),
    error: reject,
  });
  return promise;
}

/** A session whose token is replaced once it is refused. */
function renewable(): Session & { refused: string[] } {
  const refused: string[] = [];
  return {
    refused,
    token: async () => 'old',
    renew: async (token) => {
      refused.push(token);
      return 'new';
    },
  };
}

describe('a call', () => {
  test('shows the token', async () => {
    const { link } = service();

    expect(await send([session(fixedToken('pass')), link], op('menu.list'))).toBe('seen pass');
  });

  test('shows none when there is none, and is not repeated', async () => {
    const { shown, link } = service(() => refusal('TOKEN_INVALID'));
    const signedOut = { ...renewable(), token: async () => undefined };

    const call = send([session(signedOut), link], op('menu.list'));

    await expect(call).rejects.toMatchObject({ reason: 'TOKEN_INVALID' });
    expect(shown).toEqual([undefined]);
  });

  test('whose token is refused is repeated with the next one', async () => {
    const held = renewable();
    const { shown, link } = service((token) =>
      token === 'old' ? refusal('TOKEN_INVALID') : undefined,
    );

    expect(await send([session(held), link], op('orders.place'))).toBe('seen new');
    expect(shown).toEqual(['old', 'new']);
    expect(held.refused).toEqual(['old']);
  });

  test('whose next token is refused too ends with that', async () => {
    const { shown, link } = service(() => refusal('TOKEN_INVALID'));

    const call = send([session(renewable()), link], op('orders.place'));

    await expect(call).rejects.toMatchObject({ reason: 'TOKEN_INVALID' });
    expect(shown).toEqual(['old', 'new']);
  });

  test('ends with its refusal when there is no other token', async () => {
    const error = refusal('TOKEN_INVALID');
    const { shown, link } = service(() => error);

    await expect(send([session(fixedToken('pass')), link], op('menu.list'))).rejects.toBe(error);
    expect(shown).toEqual(['pass']);
  });

  test.each(['UNAUTHENTICATED', 'FORBIDDEN', 'TOKEN_REUSED'])(
    'refused with %s is not repeated',
    async (reason) => {
      const error = refusal(reason);
      const held = renewable();
      const { shown, link } = service(() => error);

      await expect(send([session(held), link], op('menu.list'))).rejects.toBe(error);
      expect(shown).toEqual(['old']);
      expect(held.refused).toEqual([]);
    },
  );

  test('goes the way of a session that carries it', async () => {
    const { shown, link } = service();
    const held: Session = {
      ...renewable(),
      carry: (call, { bare, shown: withToken }) =>
        call.path === 'auth.login' ? bare(call) : withToken(call),
    };

    await send([session(held), link], op('auth.login'));
    await send([session(held), link], op('menu.list'));

    expect(shown).toEqual([undefined, 'old']);
  });
});

describe('a refresh', () => {
  test.each([
    ['token', 'r1', { input: { refreshToken: 'r1' }, context: { cookie: false } }],
    ['cookie', undefined, { input: undefined, context: { cookie: true } }],
  ])('by %s is a call of its own, which can be ended', async (_, refreshToken, how) => {
    const sent: Op[] = [];
    const bound = new AbortController();
    const link = step(async (call) => {
      sent.push(call);
      return 'signed in';
    });

    expect(await refreshThrough(link)(refreshToken, bound.signal)).toBe('signed in');
    bound.abort();
    expect(sent).toMatchObject([{ path: 'auth.refresh', type: 'mutation', ...how }]);
    expect(sent[0]?.signal?.aborted).toBe(true);
  });

  test('that is refused rejects with that very refusal', async () => {
    const error = refusal('TOKEN_REUSED');
    const link = step(() => Promise.reject(error));

    await expect(refreshThrough(link)('r1', new AbortController().signal)).rejects.toBe(error);
  });
});
