import { DomainError } from '@comanda/kernel/errors';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  canonicalEmail,
  canonicalNames,
  canonicalPhone,
  canonicalUsername,
  identified,
  judgeRefresh,
  strongEnough,
} from './auth.rules.ts';

const CANONICAL = {
  username: canonicalUsername,
  email: canonicalEmail,
  phone: canonicalPhone,
};
const KINDS = ['username', 'email', 'phone'] as const;

const letters = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
const emails = fc
  .tuple(letters, fc.constantFrom('x.io', 'X.IO', 'Lemon.example', 'пример.рф'))
  .map(([local, host]) => `${local}@${host}`);
const phones = fc
  .array(fc.constantFrom(...'0123456789 -./()+０'.split('')), { minLength: 6, maxLength: 20 })
  .map((parts) => parts.join(''));
const typed = fc.oneof(fc.string({ unit: 'binary' }), letters, emails, phones, fc.emailAddress());

/** What a refusal says, or undefined when there is none. */
function refusalOf(work: () => unknown): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return error.code;
  }
}

describe('names in their canonical form', () => {
  test.each(KINDS)('%s: the form of a form is itself', (kind) => {
    fc.assert(
      fc.property(typed, (text) => {
        const name = CANONICAL[kind](text);
        fc.pre(name !== undefined);
        expect(CANONICAL[kind](name)).toBe(name);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['Ϋ\u0301@x.io', '\u03b0@x.io'],
    ['K@x.io', 'k@x.io'],
    ['E\u0301@x.io', '\u00e9@x.io'],
    ['ﬁ@x.io', 'fi@x.io'],
  ])('%j and %j are one address', (one, other) => {
    expect(canonicalEmail(one)).toBe(canonicalEmail(other));
    expect(canonicalEmail(one)).toBe(other);
  });

  test('no text is a name of two kinds', () => {
    fc.assert(
      fc.property(typed, (text) => {
        const names = KINDS.map((kind) => CANONICAL[kind](text));
        expect(names.filter((name) => name !== undefined).length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 1_000 },
    );
  });

  test('no two people of different kinds of name share one', () => {
    fc.assert(
      fc.property(typed, typed, (one, other) => {
        const [left, right] = [identified(one), identified(other)];
        fc.pre(left !== undefined && right !== undefined && left.field !== right.field);
        expect(left.name).not.toBe(right.name);
      }),
    );
  });

  test('who signs in is found under the name that was stored', () => {
    fc.assert(
      fc.property(typed, fc.constantFrom(...KINDS), (text, kind) => {
        const stored = CANONICAL[kind](text);
        fc.pre(stored !== undefined);
        expect(identified(text)).toEqual({ field: kind, name: stored });
        expect(canonicalNames({ [kind]: text })[kind]).toBe(stored);
      }),
      { numRuns: 500 },
    );
  });

  test('case and blanks around do not matter to a Latin name', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z][a-z0-9._-]{1,40}$/), (name) => {
        expect(canonicalUsername(` ${name.toUpperCase()} `)).toBe(name);
        expect(canonicalEmail(`\t${name.toUpperCase()}@X.IO\n`)).toBe(`${name}@x.io`);
      }),
    );
  });

  test('S1-11 a phone has six to fifteen digits', () => {
    const digits = '123456789012345';

    expect(canonicalPhone(`+${digits}`)).toBe(`+${digits}`);
    expect([canonicalPhone(`+${digits}6`), canonicalPhone('12345')]).toEqual([
      undefined,
      undefined,
    ]);
  });

  test('what is no name of its kind is refused by field', () => {
    expect(refusalOf(() => canonicalNames({ phone: 'call me' }))).toBe('VALIDATION');
    expect(canonicalNames({})).toEqual({ username: null, email: null, phone: null });
  });
});

describe('a password', () => {
  test.each([
    ['Password1', []],
    ['ＰＡＳＳＷＯＲＤ１', []],
    ['🍋🍋🍋🍋🍋🍋🍋🍋', []],
    ['i am ann.lemon', ['ann.lemon']],
    ['I AM ANN.LEMON', ['ann.lemon']],
    ['ann.lemon forever', ['ann.lemon@x.io']],
  ])('%j of %j is refused', (password, names) => {
    expect(refusalOf(() => strongEnough(password, names))).toBe('PASSWORD_WEAK');
  });

  test.each([
    ['correct horse battery', ['ann.lemon', null]],
    ['I can dance on wheels', ['ann']],
    ['zzzzzzzzza', []],
  ])('%j of %j is fine', (password, names) => {
    expect(refusalOf(() => strongEnough(password, names))).toBeUndefined();
  });
});

const START = Date.UTC(2026, 0, 1);
const GRACE_MS = 10_000;
const at = (ms: number) => new Date(START + ms);

const hashes = fc.constantFrom('current', 'parent', 'grandparent', 'other');
const families = fc.record({
  counter: fc.integer({ min: 0, max: 4 }),
  tokenHash: fc.constant('current'),
  parentHash: fc.constantFrom('parent', null),
  rotatedAt: fc.constant(at(0)),
  idleUntil: fc.integer({ min: -20_000, max: 40_000 }).map(at),
  expiresAt: fc.integer({ min: -20_000, max: 40_000 }).map(at),
  endedAt: fc.constantFrom(null, at(0)),
});
const shown = fc.record({
  counter: fc.integer({ min: 0, max: 5 }),
  hash: hashes,
  ofFamily: fc.boolean(),
});
const moments = fc
  .integer({ min: 0, max: 30_000 })
  .map((ms) => ({ now: at(ms), graceMs: GRACE_MS }));

describe('judging a refresh token', () => {
  const always = (check: (...of: Parameters<typeof judgeRefresh>) => void) =>
    fc.assert(fc.property(families, shown, moments, check), { numRuns: 3_000 });

  test('a dead family never gives a token', () => {
    always((family, presented, when) => {
      const { idleUntil, expiresAt, endedAt } = family;
      fc.pre(endedAt !== null || when.now >= idleUntil || when.now >= expiresAt);
      expect(judgeRefresh(family, presented, when)).toMatch(/^(invalid|reused)$/);
    });
  });

  test('a foreign token is worth nothing, and ends nothing', () => {
    always((family, presented, when) => {
      const foreign = { ...presented, ofFamily: false };
      expect(judgeRefresh(family, foreign, when)).toBe('invalid');
    });
  });

  test('only the current token turns the family', () => {
    always((family, presented, when) => {
      const isCurrent = presented.counter === family.counter && presented.hash === 'current';
      const verdict = judgeRefresh(family, presented, when);
      expect([verdict, isCurrent]).not.toEqual(['rotate', false]);
    });
  });

  test('only the direct parent gets the same answer again, and only in its grace', () => {
    always((family, presented, when) => {
      const isParent = presented.counter === family.counter - 1 && presented.hash === 'parent';
      const inGrace = when.now.getTime() - START < GRACE_MS;
      const verdict = judgeRefresh(family, presented, when);
      expect([verdict, isParent && inGrace]).not.toEqual(['repeat', false]);
    });
  });

  test.each([
    { who: 'the current one', shown: [2, 'current'], ms: 20_000, verdict: 'rotate' },
    { who: 'the parent in its grace', shown: [1, 'parent'], ms: 9_999, verdict: 'repeat' },
    { who: 'the parent after its grace', shown: [1, 'parent'], ms: 10_000, verdict: 'reused' },
    { who: 'the grandparent at once', shown: [0, 'grandparent'], ms: 0, verdict: 'reused' },
  ] as const)('$who: $verdict', ({ shown: [counter, hash], ms, verdict }) => {
    const family = {
      counter: 2,
      tokenHash: 'current',
      parentHash: 'parent',
      rotatedAt: at(0),
      idleUntil: at(30_000),
      expiresAt: at(30_000),
      endedAt: null,
    };
    const presented = { counter, hash, ofFamily: true };

    expect(judgeRefresh(family, presented, { now: at(ms), graceMs: GRACE_MS })).toBe(verdict);
  });

  test('every older token of the family tells of a theft', () => {
    always((family, presented, when) => {
      fc.pre(presented.ofFamily && presented.counter < family.counter - 1);
      expect(judgeRefresh(family, presented, when)).toBe('reused');
    });
  });

  test('a token that was never given out is invalid', () => {
    always((family, presented, when) => {
      const early = { ...presented, counter: family.counter + 1 };
      expect(judgeRefresh(family, early, when)).toBe('invalid');
      const other = { ...presented, counter: family.counter, hash: 'other' };
      expect(judgeRefresh(family, other, when)).toBe('invalid');
    });
  });

  test('without a grace the parent is never good again', () => {
    always((family, presented, { now }) => {
      expect(judgeRefresh(family, presented, { now, graceMs: 0 })).not.toBe('repeat');
    });
  });
});
