import { after, DAY, HOUR, MINUTE } from '@comanda/kernel/time';
import { describe, expect, test } from 'vitest';
import { KeyRing, KeySet, newKeySet, rotated } from './keys.ts';

const BEGIN = new Date('2026-01-01T00:00:00Z');
const NOW = after(BEGIN, 90 * DAY);
const OVERLAP = HOUR;

const kidsOf = ({ keys }: KeySet) => keys.map(({ kid }) => kid);

describe('a key set', () => {
  test('is what AUTH_KEYS may carry', async () => {
    const set = await newKeySet(BEGIN);

    expect(KeySet.parse(JSON.parse(JSON.stringify(set)))).toEqual(set);
  });

  test.each([
    ['no key', { keys: [] }],
    ['a secret instead of a pair', { keys: [{ kty: 'oct', k: 'c2VjcmV0' }] }],
    ['a curve of another kind', { keys: [{ kty: 'EC', crv: 'P-256' }] }],
  ])('with %s is none', (_, set) => {
    expect(KeySet.safeParse(set).success).toBe(false);
  });

  test('signs with nothing before its time: that is a fault, not a guess', async () => {
    const ring = await KeyRing.from(await newKeySet(NOW));

    expect(() => ring.signing(BEGIN)).toThrow('No signing key');
  });
});

describe('rotating', () => {
  async function twoKeys() {
    const old = await newKeySet(BEGIN);
    const set = await rotated(old, NOW, { overlapMs: OVERLAP });
    const [oldKid, newKid] = kidsOf(set) as [string, string];
    return { old, set, ring: await KeyRing.from(set), oldKid, newKid };
  }

  test.each([
    ['at once', 0, 'old'],
    ['just before a minute', MINUTE - 1, 'old'],
    ['after a minute', MINUTE, 'new'],
    ['after the overlap', MINUTE + OVERLAP, 'new'],
  ])('%s the %3$s key signs', async (_, ms, which) => {
    const { ring, oldKid, newKid } = await twoKeys();

    expect(ring.signing(after(NOW, ms)).kid).toBe(which === 'old' ? oldKid : newKid);
  });

  test('both are verified and published until the overlap ends, then the new one only', async () => {
    const { ring, oldKid, newKid } = await twoKeys();
    const [during, later] = [after(NOW, MINUTE + OVERLAP - 1), after(NOW, MINUTE + OVERLAP)];

    const live = (now: Date) => [oldKid, newKid].filter((kid) => ring.verifying(kid, now));

    expect(live(NOW)).toEqual([oldKid, newKid]);
    expect(live(during)).toEqual([oldKid, newKid]);
    expect(live(later)).toEqual([newKid]);
    expect(ring.published(during).keys.map(({ kid }) => kid)).toEqual([oldKid, newKid]);
    expect(ring.published(later).keys.map(({ kid }) => kid)).toEqual([newKid]);
  });

  test('what is published holds no private half', async () => {
    const { ring } = await twoKeys();

    const { keys } = ring.published(NOW);

    expect(keys.flatMap((key) => Object.keys(key))).not.toContain('d');
    expect(keys).toMatchObject([{ alg: 'EdDSA' }, { alg: 'EdDSA' }]);
  });

  test('a second time does not lengthen the life of the first key', async () => {
    const { set } = await twoKeys();

    const soon = await rotated(set, after(NOW, 10 * MINUTE), { overlapMs: OVERLAP });

    expect(soon.keys).toHaveLength(3);
    expect(soon.keys[0]?.until).toBe(set.keys[0]?.until);
  });

  test.each([
    ['keeps what has ended less than 14 days ago', 14 * DAY - 1, 3],
    ['drops what has ended 14 days ago', 14 * DAY, 2],
  ])('D5 %s: guests count by it that much longer', async (_, ms, count) => {
    const { old, set } = await twoKeys();
    const ended = after(NOW, MINUTE + OVERLAP);

    const late = await rotated(set, after(ended, ms), { overlapMs: OVERLAP });

    expect(late.keys).toHaveLength(count);
    expect(kidsOf(late).includes(kidsOf(old)[0] ?? '')).toBe(count === 3);
  });

  test('hour after hour never makes more keys than a set may hold, and keeps the newest', async () => {
    let set = await newKeySet(BEGIN);
    const newest: string[] = [];
    for (let hour = 1; hour <= 30; hour++) {
      set = await rotated(set, after(NOW, hour * HOUR), { overlapMs: OVERLAP });
      newest.push(kidsOf(set).at(-1) ?? '');
    }

    expect(KeySet.safeParse(set).success).toBe(true);
    expect(kidsOf(set)).toEqual(newest.slice(-20));
  });

  test('leaves the set that it was given as it was', async () => {
    const old = await newKeySet(BEGIN);
    const copy = structuredClone(old);

    await rotated(old, NOW, { overlapMs: OVERLAP });

    expect(old).toEqual(copy);
  });

  test.each([[undefined], [null], ['constructor'], [['a']], [{}]])(
    'a kid that is %o finds no key',
    async (kid) => {
      const { ring } = await twoKeys();

      expect(ring.verifying(kid, NOW)).toBeUndefined();
    },
  );
});
