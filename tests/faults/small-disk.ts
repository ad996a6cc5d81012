import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A disk of its own, in memory. */
export interface SmallDisk extends Disposable {
  readonly path: string;
  /** Leaves no room at all. */
  fill(): void;
  empty(): void;
}

const isRoot = process.getuid?.() === 0;

function asRoot(command: string, ...args: string[]): boolean {
  const words = isRoot ? [command, ...args] : ['sudo', '-n', command, ...args];
  return spawnSync(words[0] ?? '', words.slice(1), { stdio: 'ignore' }).status === 0;
}

/** Undefined where nobody may mount one. */
export function smallDisk(mib: number): SmallDisk | undefined {
  const path = mkdtempSync(join(tmpdir(), 'comanda-disk-'));
  const options = `size=${mib}m,uid=${process.getuid?.() ?? 0},mode=700`;
  if (!asRoot('mount', '-t', 'tmpfs', '-o', options, 'tmpfs', path)) {
    rmSync(path, { recursive: true });
    return undefined;
  }
  const filler = join(path, 'filler');
  return {
    path,
    fill: () => {
      const { bavail, bsize } = statfsSync(path);
      writeFileSync(filler, Buffer.alloc(bavail * bsize), { flag: 'a' });
    },
    empty: () => rmSync(filler, { force: true }),
    [Symbol.dispose]: () => {
      asRoot('umount', '-l', path);
      rmSync(path, { recursive: true, force: true });
    },
  };
}
