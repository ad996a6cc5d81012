import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { MINUTE } from '@comanda/kernel/time';
import { PASSWORD } from '@comanda/testing/given';
import { expect, inject, onTestFinished, test } from 'vitest';
import { openApp } from '../app.ts';
import { newLab } from '../lab/lab.procedures.ts';
import { PIXEL } from './pixel.ts';

const OLDEST = 20;

/** Each Node of this machine that the client is made for: ours, and the host's where it is another. */
function nodes(): { version: string; node: string }[] {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const found = folders.map((folder) => join(folder, 'node')).filter((node) => existsSync(node));
  const told = [process.execPath, ...found].map((node) => ({
    version: execFileSync(node, ['--version'], { encoding: 'utf8' }).trim(),
    node,
  }));
  const versions = new Map(told.map((one) => [one.version, one]));
  return [...versions.values()].filter(
    ({ version }) => Number.parseInt(version.slice(1)) >= OLDEST,
  );
}

test.each(nodes())(
  'plain Node $version signs in, calls, refreshes, streams, uploads and ends',
  async ({ node }) => {
    const lab = newLab();
    await using app = await openApp({ lab: lab.procedures });
    const url = await app.listen();
    const { username } = app.home.staff.manager;
    const script = spawn(node, ['script.js', url, username, PASSWORD, PIXEL], {
      cwd: inject('npm'),
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    onTestFinished(() => void script.kill());
    const ended = once(script, 'exit');
    const lines = createInterface(script.stdout)[Symbol.asyncIterator]();

    const first = await lines.next();
    app.clock.advance(16 * MINUTE);
    lab.ticks.add(3);
    script.stdin.end('go on\n');
    const last = await lines.next();

    expect(first.value).toBe('signed in');
    expect(JSON.parse(String(last.value))).toEqual({
      name: username,
      isDate: true,
      heard: [1, 2, 3],
      width: 1,
      status: 404,
      refreshes: 1,
    });
    expect(await ended).toEqual([0, null]);
  },
);
