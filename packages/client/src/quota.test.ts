import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Quota, quotaSeen, quotasIn } from './quota.ts';

const POLICY = '"burst";q=20;w=60, "sustained";q=1000;w=86400';

function told(rateLimit?: string, policy?: string): readonly Quota[] | undefined {
  const headers = new Headers();
  if (rateLimit !== undefined) headers.set('RateLimit', rateLimit);
  if (policy !== undefined) headers.set('RateLimit-Policy', policy);
  return quotasIn(headers);
}

const burst = { name: 'burst', limit: 20, windowMs: 60_000, remaining: 19, resetMs: 3_000 };

describe('reading the quota of an answer', () => {
  test('P32: a window has its policy beside it', () => {
    expect(told('"burst";r=19;t=3', POLICY)).toEqual([burst]);
  });

  test('several windows are all told', () => {
    expect(told('"burst";r=19;t=3,"sustained";r=0;t=87', POLICY)).toEqual([
      burst,
      { name: 'sustained', limit: 1_000, windowMs: 86_400_000, remaining: 0, resetMs: 87_000 },
    ]);
  });

  test('what was not told is missing', () => {
    expect(told('"burst";r=19')).toEqual([
      { name: 'burst', limit: undefined, windowMs: undefined, remaining: 19, resetMs: undefined },
    ]);
  });

  test('parameters may stand in any order, with blanks, strangers and strings among them', () => {
    const policy = ' "burst" ; w=60; qu="requests;q=1,2"; pk=:YWJj:;q=20 ';

    expect(told('"burst"; t=3 ;x; r=19', policy)).toEqual([burst]);
  });

  test.each(['', 'limit=10, remaining=5', '"burst"', '"burst";r=', '"burst";r=-1', '"bur', ';;,"'])(
    'of %j there is nothing to read',
    (text) => {
      expect(told(text, POLICY)).toBeUndefined();
      expect(told(undefined, text)).toBeUndefined();
    },
  );

  test('names are only names', () => {
    expect(told('"__proto__";r=1, "constructor";r=2', '"__proto__";q=5')).toMatchObject([
      { name: '__proto__', limit: 5, remaining: 1 },
      { name: 'constructor', limit: undefined, remaining: 2 },
    ]);
  });

  test('whatever stands there, nothing is thrown', () => {
    const text = fc.string({ unit: fc.constantFrom(...Array.from('"; ,=rtqw19\\-.:ä')) });

    fc.assert(
      fc.property(text, text, (rateLimit, policy) => {
        expect(() => told(rateLimit, policy)).not.toThrow();
      }),
    );
  });
});

describe('the quota that was last told', () => {
  test('is nothing before an answer tells it', () => {
    const quota = quotaSeen();

    quota.learn(new Headers());

    expect(quota.seen).toBeUndefined();
  });

  test('stays when an answer tells none, and goes with the next that does', () => {
    const quota = quotaSeen();

    quota.learn(new Headers({ RateLimit: '"burst";r=19' }));
    quota.learn(new Headers());
    const first = quota.seen;
    quota.learn(new Headers({ RateLimit: '"burst";r=18' }));

    expect(first).toMatchObject([{ remaining: 19 }]);
    expect(quota.seen).toMatchObject([{ remaining: 18 }]);
  });
});
