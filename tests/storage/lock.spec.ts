import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { DataInUse, lockDataFolder } from '@comanda/storage/lock';
import { describe, expect, test } from 'vitest';
import { openFolder } from './store.ts';

const LOCK = new URL('../../packages/storage/src/lock.ts', import.meta.url);
const HOLD = `
  const { lockDataFolder } = await import(${JSON.stringify(LOCK.href)});
  lockDataFolder(process.argv[1]);
  console.log('held');
  setInterval(() => undefined, 1_000);
`;

/** Another server that has the folder, ready when this answers. */
async function holderOf(folder: string): Promise<ChildProcess> {
  const cwd = fileURLToPath(new URL('../..', import.meta.url));
  const child = spawn(process.execPath, ['--input-type=module', '-e', HOLD, folder], { cwd });
  await once(child.stdout, 'data');
  return child;
}

describe('a data folder', () => {
  test('belongs to one server at a time', () => {
    using folder = openFolder();
    const lock = lockDataFolder(folder.path);

    const again = () => lockDataFolder(folder.path);

    expect(again).toThrow(DataInUse);
    expect(again).toThrow(folder.path);
    lock.release();
  });

  test('is free again when it is released', () => {
    using folder = openFolder();
    lockDataFolder(folder.path).release();

    const again = () => lockDataFolder(folder.path).release();

    expect(again).not.toThrow();
  });

  test('is one’s own: two servers in two folders do not meet', () => {
    using one = openFolder();
    using other = openFolder();
    const lock = lockDataFolder(one.path);

    const second = () => lockDataFolder(other.path).release();

    expect(second).not.toThrow();
    lock.release();
  });

  test('that another process holds is refused, and free when that one is killed', async () => {
    using folder = openFolder();
    const holder = await holderOf(folder.path);
    const mine = () => lockDataFolder(folder.path);
    expect(mine).toThrow(DataInUse);

    holder.kill('SIGKILL');
    await once(holder, 'exit');

    const lock = mine();
    lock.release();
  });
});
