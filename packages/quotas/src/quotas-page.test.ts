import { CALLERS } from '@comanda/kernel/access';
import { describe, expect, test } from 'vitest';

import { quotasPage } from './quotas-page.ts';
import { scopes } from './scopes.ts';

const lines = quotasPage().split('\n');

describe('docs/quotas.md', () => {
  test('shows every role with its budgets in both presets', () => {
    expect(lines).toContain('| `customer` | 20/5min | 100/min | 20/hour | 100/min and 1000/hour |');
    expect(lines.filter(isRowOf(CALLERS))).toHaveLength(CALLERS.length);
  });

  test('shows every scope once, with the presets that have it', () => {
    const names = [...scopes.service, ...scopes.strict].map(({ policy }) => policy.name);

    expect(lines).toContain('| `upload` | 20/day | account | every try | service, strict | yes |');
    expect(lines).toContain(
      '| `login.pair` | 5/15min | address and name | failures | service | yes |',
    );
    expect(lines.filter(isRowOf(names))).toHaveLength(new Set(names).size);
  });
});

function isRowOf(names: readonly string[]): (line: string) => boolean {
  return (line) => names.some((name) => line.startsWith(`| \`${name}\` `));
}
