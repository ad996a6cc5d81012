import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, inject, test } from 'vitest';
import { regionsOf } from '../docs/documents.ts';
import { dataFolder, run, startServer } from '../faults/server.ts';

const EXAMPLE = fileURLToPath(new URL('../docs/client-story.example.ts', import.meta.url));

test('S2-03 the README’s script signs up, fills a cart, orders and watches until it is over', async () => {
  using folder = dataFolder();
  await using server = await startServer({ dataDir: folder.path });
  const [story = ''] = regionsOf(readFileSync(EXAMPLE, 'utf8'));
  const script = join(inject('npm'), `story-${process.pid}.ts`);
  writeFileSync(script, story.replace('http://localhost:4000', server.url));

  await using reader = run(process.execPath, [script, server.passwords['manager'] ?? '']);
  const { code, output } = await reader.exited;

  expect(output.trim().split('\n')).toEqual([
    "[ '2 x Tiramisù: 15 €' ]",
    expect.stringMatching(/^Order \d+, 15 €$/),
    'preparing unpaid',
    'ready unpaid',
    'ready paid',
    'completed paid',
  ]);
  expect(code).toBe(0);
});
