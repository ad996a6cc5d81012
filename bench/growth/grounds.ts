import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSchema } from '@comanda/storage/scratch';
import type { Kind } from '../../tests/faults/premises.ts';
import { dataFolder } from '../../tests/faults/server.ts';
import { findMariadbd, startMariadb } from '../../tests/mariadb/server.ts';
import { type Opened, openedAt } from './house.ts';

/** Where databases of one kind are made, one beside the other. */
export interface Grounds extends AsyncDisposable {
  readonly kind: Kind;
  open(name: string): Promise<Opened>;
  /** Of an empty database: of whoever stands beside ours. */
  address(name: string): Promise<string>;
  /** The process that does the work of that database; nothing where it is this one. */
  pidOf(opened: Opened): Promise<number | undefined>;
}

/** Room for all that is planted: SQLite has the kernel's cache for that. */
const BUFFERS = '--innodb-buffer-pool-size=1G';

/** SQLite in files, or a MariaDB of its own. */
export async function openGrounds(kind: Kind): Promise<Grounds> {
  await using made = new AsyncDisposableStack();
  const folder = made.use(dataFolder());
  const mariadbd = kind === 'MariaDB' ? findMariadbd() : null;
  const server = mariadbd
    ? await startMariadb(mariadbd, { durable: false, arguments: [BUFFERS] })
    : undefined;
  if (server) made.defer(server.stop);
  const all = made.move();
  const address = async (name: string) =>
    server ? await createSchema(server.url, name) : `sqlite:${join(folder.path, `${name}.sqlite`)}`;
  return {
    kind,
    address,
    open: async (name) => all.use(await openedAt(await address(name), join(folder.path, name))),
    pidOf: async ({ ask }) => {
      if (!server) return undefined;
      const [row] = await ask('select @@pid_file as file');
      return Number(readFileSync(String(row?.['file']), 'utf8'));
    },
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}
