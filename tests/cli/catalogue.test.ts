import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Document, proceduresOf } from '@comanda/cli/catalogue';
import { helpOn } from '@comanda/cli/help';
import { appRouter } from '@comanda/domains/router';
import type { AnyTRPCProcedure, AnyTRPCRouter } from '@trpc/server';
import { expect, test } from 'vitest';
import { REPOSITORY } from '../faults/server.ts';

const file = join(REPOSITORY, 'apps/server/src/rest/openapi.json');
const procedures = proceduresOf(Document.parse(JSON.parse(readFileSync(file, 'utf8'))));

const HOW = { query: 'query', mutation: 'mutate', subscription: 'subscribe' } as const;

test('every procedure of the router can be asked, in its own way', () => {
  const { procedures: all } = (appRouter as AnyTRPCRouter)._def;
  const known = Object.entries(all as Record<string, AnyTRPCProcedure>).map(([name, { _def }]) => [
    name,
    name === 'files.upload' ? 'upload' : HOW[_def.type],
  ]);

  expect(known.length).toBeGreaterThan(100);
  expect([...procedures.values()].map(({ name, kind }) => [name, kind])).toEqual(
    known.toSorted(([a = ''], [b = '']) => a.localeCompare(b)),
  );
});

test.each([...procedures.values()].map((procedure) => [procedure.name, procedure] as const))(
  '%s says what it takes, each thing once',
  (name, procedure) => {
    const flags = [...helpOn(procedure).matchAll(/^ {2}--([\w-]+)/gm)].map(([, flag]) => flag);

    expect(procedure.summary).not.toBe('');
    expect(helpOn(procedure)).toContain(`Usage: comanda ${name}`);
    expect(new Set(flags).size).toBe(flags.length);
    expect(flags.length).toBeGreaterThan(0);
  },
);
