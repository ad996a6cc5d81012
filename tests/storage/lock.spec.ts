import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { DataInUse, lockDatabase } from '@comanda/storage/lock';
import { describe, expect, test } from 'vitest';
import { openFolder } from './store.ts';

const LOCK = new URL('../../packages/storage/src/lock.ts', import.meta.url);
const HOLD = `
  const { lockDatabase } = await import(${JSON.stringify(LOCK.href)});
  lockDatabase(process.argv[1]);
  gc();
  await new Promise(setImmediate);
  console.log('held');
  process.stdin.resume();
`;

/** Another server that has the database, ready when this answers. */
async function holderOf(file: string): Promise<ChildProcess> {
  const cwd = fileURLToPath(new URL('../..', import.meta.url));
  const child = spawn(process.execPath, ['--expose-gc', '--input-type=module', '-e', HOLD, file], {
    cwd,
  });
  const [said] = await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
  if (child.exitCode !== null) throw new Error(`The holder ended with ${String(said)}.`);
  return child;
}

describe('a database file', () => {
  test('belongs to one server at a time', () => {
    using folder = openFolder();
    const lock = lockDatabase(`${folder.path}/comanda.sqlite`);

    const again = () => lockDatabase(`${folder.path}/comanda.sqlite`);

    expect(again).toThrow(DataInUse);
    expect(again).toThrow(folder.path);
    lock.release();
  });

  test('is free again when it is released', () => {
    using folder = openFolder();
    lockDatabase(`${folder.path}/comanda.sqlite`).release();

    const again = () => lockDatabase(`${folder.path}/comanda.sqlite`).release();

    expect(again).not.toThrow();
  });

  test('is one’s own: two servers on two files do not meet', () => {
    using one = openFolder();
    using other = openFolder();
    const lock = lockDatabase(`${one.path}/comanda.sqlite`);

    const second = () => lockDatabase(`${other.path}/comanda.sqlite`).release();

    expect(second).not.toThrow();
    lock.release();
  });

  test('that another process holds is refused, and free when that one is killed', async () => {
    using folder = openFolder();
    using holder = await holderOf(`${folder.path}/comanda.sqlite`);
    const mine = () => lockDatabase(`${folder.path}/comanda.sqlite`);
    expect(mine).toThrow(DataInUse);

    holder.kill('SIGKILL');
    await once(holder, 'exit');

    const lock = mine();
    lock.release();
  });
});
