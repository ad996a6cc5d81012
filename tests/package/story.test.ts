import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, inject, test } from 'vitest';
import { regionsOf } from '../docs/documents.ts';
import { dataFolder, run, startServer } from '../faults/server.ts';
import { PIXEL } from './pixel.ts';

/** Runs the script of an example with the packed client against a server that was just started. */
async function told(
  example: string,
  ...more: string[]
): Promise<{ code: number | null; lines: string[] }> {
  using folder = dataFolder();
  await using server = await startServer({ dataDir: folder.path });
  const source = fileURLToPath(new URL(`../docs/${example}.example.ts`, import.meta.url));
  const [story = ''] = regionsOf(readFileSync(source, 'utf8'));
  const script = join(inject('npm'), `${example}-${process.pid}.ts`);
  writeFileSync(script, story.replace('http://localhost:4000', server.url));

  await using reader = run(process.execPath, [script, server.passwords['manager'] ?? '', ...more]);
  const { code, output } = await reader.exited;
  return { code, lines: output.trim().split('\n') };
}

test('S2-03 the README’s script signs up, fills a cart, orders and watches until it is over', async () => {
  const { code, lines } = await told('client-story');

  expect(lines).toEqual([
    "[ '2 x Tiramisù: 15 €' ]",
    expect.stringMatching(/^Order \d+, 15 €$/),
    'preparing unpaid',
    'ready unpaid',
    'ready paid',
    'completed paid',
  ]);
  expect(code).toBe(0);
});

test('S3-17 S3-19 S3-23 the README’s script plans a week, clocks in and books a table', async () => {
  const { code, lines } = await told('client-week');

  expect(lines).toEqual([
    'Planned twice: This person has another shift at that time.',
    '5 shifts published',
    'Off shift; may clock in: true',
    'Clocked in successfully until the shift ends: true',
    'Order taken: Focaccia di Recco',
    'Clocked out after 1 break',
    'A table for 2: requested, then confirmed',
    'person,person id,day,in,out,paid break minutes,unpaid break minutes,worked minutes,flag,reason,corrected',
  ]);
  expect(code).toBe(0);
});

test('S1-11 S1-12 the README’s script uploads a picture, hangs it up and shows it', async () => {
  const file = join(inject('npm'), `portrait-${process.pid}.png`);
  writeFileSync(file, Buffer.from(PIXEL, 'base64'));

  const { code, lines } = await told('client-pictures', file);

  expect(lines).toEqual([
    'Taken in: 1 x 1',
    'Shown: image/webp, public, max-age=31536000, immutable',
    'image/jpeg, image/png, image/webp',
  ]);
  expect(code).toBe(0);
});
