import type { Contract } from '@comanda/contract/contract';
import { filesOf, SNAPSHOT } from '@comanda/contract/files';
import { refusedChanges } from '@comanda/contract/keeping';
import { currentContract } from '@comanda/contract/sources';
import { appRouter } from '@comanda/domains/router';
import { describe, expect, test } from 'vitest';
import { textOf } from './docs/documents.ts';

interface Served {
  _def: { type: string; inputs: unknown[]; meta: { access: string; refusals: string[] } };
}
const served = appRouter._def.procedures as unknown as Record<string, Served>;
const now = await currentContract();
const kept = JSON.parse(textOf(SNAPSHOT)) as Contract;

describe('the contract that is kept', () => {
  test.each(Object.entries(filesOf(now)))(
    '%s is what the router says; `npm run contract` writes it',
    (path, text) => {
      expect(textOf(path)).toBe(text);
    },
  );

  test('has every procedure of the router, and no other', () => {
    expect(Object.keys(kept.procedures)).toEqual(Object.keys(served));
  });

  test('has the type, access, input and refusals of each', () => {
    const inRouter = Object.entries(served).map(([name, { _def }]) => [
      name,
      {
        type: _def.type,
        access: _def.meta.access,
        takes: _def.inputs.length > 0,
        refusals: _def.meta.refusals.toSorted(),
      },
    ]);
    const inContract = Object.entries(kept.procedures).map(([name, one]) => [
      name,
      { type: one.type, access: one.access, takes: one.input !== null, refusals: one.refusals },
    ]);

    expect(inContract).toEqual(inRouter);
  });

  test('has details for every code that a procedure declares', () => {
    const declared = Object.values(kept.procedures).flatMap(({ refusals }) => refusals);

    expect(Object.keys(kept.refusals)).toEqual(expect.arrayContaining(declared));
  });

  test('says in one short sentence what each procedure does', () => {
    const summaries = Object.values(kept.procedures).map(({ summary }) => summary);

    expect(summaries.filter((summary) => !/^[A-Z][^.\n]{1,90}\.$/.test(summary))).toEqual([]);
  });
});

describe('a contract that breaks its clients', () => {
  const login = now.procedures['auth.login'];
  const narrower: Contract = {
    ...kept,
    procedures: {
      ...kept.procedures,
      ...(login && { 'auth.signIn': login }),
      ...(login && { 'auth.login': { ...login, input: null, optional: true } }),
    },
    types: { ...kept.types, Ended: { type: 'object', required: ['ended', 'since'] } },
  };

  test('is not written under the same version', () => {
    expect(refusedChanges(narrower, now)).toEqual(
      expect.arrayContaining([
        'auth.signIn: is gone',
        'auth.login: input may not be left out any more',
        'auth.changePassword: output.since is gone, or may be left out now',
        expect.stringContaining('Raise the minor version in packages/client/package.json'),
      ]),
    );
  });

  test('is written under another', () => {
    expect(refusedChanges({ ...narrower, version: '0.0' }, now)).toEqual([]);
  });

  test('is not what the sources are', () => {
    expect(refusedChanges(kept, now)).toEqual([]);
  });
});
