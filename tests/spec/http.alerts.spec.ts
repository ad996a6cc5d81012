import { FallbackStore } from '@comanda/quotas/fallback-store';
import { GcraStore } from '@comanda/quotas/gcra-store';
import { buildApp } from '@comanda/server/app';
import { describe, expect, inject, test } from 'vitest';
import { parse } from 'yaml';
import { openApp } from '../app.ts';
import { textOf } from '../docs/documents.ts';

interface Rule {
  alert: string;
  expr: string;
  annotations: { summary: string };
}

const { groups } = parse(textOf('apps/server/deploy/alerts.yml')) as {
  groups: { rules: Rule[] }[];
};
const rules = groups.flatMap((group) => group.rules);
const alerts = rules.map(({ alert }) => alert);

/** Every name in an expression that is neither a function, nor a label, nor a word of the language. */
function metricsIn({ expr }: Rule): string[] {
  const bare = expr.replace(/\{[^}]*\}|\[[^\]]*\]|\b(by|without|on) \([^)]*\)/g, ' ');
  return [...bare.matchAll(/(?<![\w.])[a-z_]\w*(?!\w|\s*\()/g)].map(([name]) => name);
}

/** What only the other kind of database has. */
const ELSEWHERE =
  inject('dialect') === 'sqlite' ? 'comanda_database_connections' : 'comanda_sqlite_wal_bytes';

describe('alerts.yml', () => {
  test('S2-25 asks for nothing that /metrics does not tell', async () => {
    await using app = await openApp();
    const shared = new FallbackStore(new GcraStore(), { processes: () => 2 });
    const house = { ...app.house, quotaStore: shared };
    const server = await buildApp(house, QUIET);

    const { body } = await server.inject('/metrics');
    const kinds = new Map(
      [...body.matchAll(/^# TYPE (\w+) (\w+)$/gm)].map(([, name = '', kind = '']) => [name, kind]),
    );
    const asked = rules.flatMap(metricsIn);
    const isServed = (name: string) =>
      kinds.has(name) || kinds.get(name.replace(/_(bucket|count|sum)$/, '')) === 'histogram';

    expect(rules.length).toBeGreaterThan(10);
    expect(rules.filter((rule) => metricsIn(rule).length === 0)).toEqual([]);
    expect(asked.filter((name) => !isServed(name))).toEqual([ELSEWHERE]);
  });

  test('S2-25 has each rule once, and operations.md tells what to do for it', () => {
    const told = [...textOf('docs/operations.md').matchAll(/^\| `(Comanda\w+)` \|/gm)];

    expect(alerts.toSorted()).toEqual([...new Set(alerts)].toSorted());
    expect(told.map(([, name]) => name)).toEqual(alerts);
  });
});

const QUIET = {
  allowedHosts: ['localhost'],
  corsOrigins: [],
  floodLimit: 100,
  logLevel: 'silent',
  trustProxy: [],
};
