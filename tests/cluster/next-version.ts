import { cpSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { dataFolder, REPOSITORY } from '../faults/server.ts';

const WORKSPACES = [
  'apps/server',
  'packages/domains',
  'packages/kernel',
  'packages/pictures',
  'packages/quotas',
  'packages/storage',
];
/** Links to the workspaces themselves, and what is kept for them. */
const OWN = ['@comanda', '.cache', '.bin', '.package-lock.json'];

/** By this name the database knows the step that the next version brings. */
export const NEXT_STEP = 'Migration20991231000000_next';

/** It only adds, takes its time, and is half done meanwhile. */
const STEP = `import { Migration } from '@mikro-orm/migrations';

export class ${NEXT_STEP} extends Migration {
  override name = '${NEXT_STEP}';

  override up(): void | Promise<void> {
    this.addSql("alter table customer_order add column next_mark varchar(40) not null default 'none'");
    this.addSql('alter table order_item add column next_mark varchar(40) null');
    this.addSql('do sleep(2)');
    this.addSql('alter table customer_order add index customer_order_next_mark_index (next_mark)');
    this.addSql('create table next_thing (id varchar(36) not null primary key) engine = InnoDB');
  }
}
`;

export interface NextVersion extends Disposable {
  /** Starts its server. */
  readonly entry: string;
}

/** This version in a folder of its own, with one migration more: all programs as they are. */
export function nextVersion(): NextVersion {
  const folder = dataFolder();
  const at = (path: string) => join(folder.path, path);
  for (const workspace of WORKSPACES) {
    const from = join(REPOSITORY, workspace);
    const isOurs = (path: string) => !['node_modules', 'dist'].includes(basename(path));
    cpSync(from, at(workspace), { recursive: true, filter: isOurs });
    link(join(from, 'node_modules'), at(`${workspace}/node_modules`));
    link(at(workspace), at(`node_modules/@comanda/${basename(workspace)}`));
  }
  const installed = readdirSync(join(REPOSITORY, 'node_modules'));
  for (const name of installed.filter((one) => !OWN.includes(one))) {
    link(join(REPOSITORY, 'node_modules', name), at(`node_modules/${name}`));
  }
  const steps = at('packages/storage/src/migrations/mysql');
  writeFileSync(join(steps, `${NEXT_STEP}.ts`), STEP);
  return {
    entry: at('apps/server/comanda-server.mjs'),
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  };
}

function link(to: string, path: string): void {
  mkdirSync(join(path, '..'), { recursive: true });
  symlinkSync(to, path, 'dir');
}
