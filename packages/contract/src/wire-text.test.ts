import { stripTypeScriptTypes } from 'node:module';
import { describe, expect, test } from 'vitest';
import type { Contract, Procedure } from './contract.ts';
import { wireText } from './wire-text.ts';

interface Wire {
  CONTRACT: string;
  KEYED: string[];
  refuses(path: string | undefined, code: string): boolean;
}

/** What the text says once it runs. */
const running = (contract: Contract): Promise<Wire> =>
  import(`data:text/javascript,${encodeURIComponent(stripTypeScriptTypes(wireText(contract)))}`);

const OF_ANY_CALL = ['QUOTA_EXCEEDED', 'UPGRADE_REQUIRED'];
const told = { status: 409, message: 'No.', advice: 'None.', details: null };

const call = (refusals: string[], about: Partial<Procedure> = {}): Procedure => ({
  type: 'query',
  access: 'anyone',
  summary: 'Does it.',
  input: null,
  optional: true,
  output: {},
  refusals: ['VALIDATION', ...refusals],
  keyed: false,
  ...about,
});

function contractOf(procedures: Record<string, Procedure>): Contract {
  const codes = Object.values(procedures).flatMap(({ refusals }) => refusals);
  const refusals = Object.fromEntries([...codes, ...OF_ANY_CALL].map((code) => [code, told]));
  return { version: '0.1', hash: '0123456789ab', procedures, refusals, types: {} };
}

const SMALL = contractOf({
  'menu.show': call([]),
  'menu.list': call([]),
  'menu.items.list': call(['NO_MENU']),
  'orders.place': call(['UNAUTHENTICATED', 'NO_MENU'], { access: 'order.place', keyed: true }),
  'orders.watch': call(['UNAUTHENTICATED'], { access: 'signedIn' }),
});

/** Each call with a code of its own, one that it shares with the next, and more codes than letters. */
const LARGE = contractOf(
  Object.fromEntries(
    Array.from({ length: 120 }, (_, nth) => [
      `${nth % 2 === 0 ? 'menu' : 'menu.items'}.call${nth}`,
      call(
        ['COMMON', `CODE_${nth}`, `CODE_${nth + 1}`],
        nth % 3 === 0 ? {} : { access: 'signedIn' },
      ),
    ]),
  ),
);

describe('wire.ts', () => {
  test('knows the contract, and the calls that take a key', async () => {
    const { CONTRACT, KEYED } = await running(SMALL);

    expect([CONTRACT, KEYED]).toEqual(['0.1.0123456789ab', ['orders.place']]);
  });

  test('has a line for each folder, and what calls have in common once', () => {
    expect(wireText(SMALL)).toContain(`
menu # show list
menu.items #% list
orders % place $ watch
`);
  });

  test.each([
    ['a few', SMALL],
    ['more codes than letters', LARGE],
  ])('knows the codes of every call, and no other: %s', async (_, contract) => {
    const { refuses } = await running(contract);
    const codes = Object.keys(contract.refusals);

    const known = Object.keys(contract.procedures).map((path) => [
      path,
      codes.filter((code) => refuses(path, code)).toSorted(),
    ]);

    expect(known).toEqual(
      Object.entries(contract.procedures).map(([path, { refusals }]) => [
        path,
        [...refusals, ...OF_ANY_CALL].toSorted(),
      ]),
    );
  });

  test.each([
    undefined,
    '',
    'menu',
    'menu.',
    '.show',
    'show',
    'menu.#',
    'orders.list',
    'menu.items',
  ])(
    'takes any code for that of a call that it does not know, if it knows the code: %s',
    async (path) => {
      const { refuses } = await running(SMALL);
      const codes = [...Object.keys(SMALL.refusals), 'NEWER', 'validation', ''];

      expect(codes.filter((code) => refuses(path, code))).toEqual(Object.keys(SMALL.refusals));
    },
  );

  test.each(['ping', 'menu.Show', '.show'])(
    'cannot tell %s from what else stands in it',
    (path) => {
      expect(() => wireText(contractOf({ [path]: call([]) }))).toThrow(
        `${path} has to be a name in a folder`,
      );
    },
  );
});
