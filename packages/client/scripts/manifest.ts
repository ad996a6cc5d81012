import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** What can be imported: `@comanda/client`, `@comanda/client/minimal` and so on. */
export const ENTRIES = ['index', 'minimal', 'pace', 'router'] as const;

interface Own {
  [field: string]: unknown;
}

/** The published package.json: the workspace's, but for what only the workspace needs. */
export function manifest(home: string): object {
  const own = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as Own;
  const { private: _private, scripts: _scripts, exports: _exports, ...rest } = own;
  const { devDependencies: _devDependencies, ...published } = rest;
  // The oldest that knows typed refusals, which is the one that TanStack Query's package asks for.
  const trpc = '^11.22.1';
  const entries = ENTRIES.map((name) => [
    name === 'index' ? '.' : `./${name}`,
    { types: `./${name}.d.ts`, default: `./${name}.js` },
  ]);
  return {
    ...published,
    exports: { ...Object.fromEntries(entries), './package.json': './package.json' },
    files: ['**/*.js', '**/*.d.ts'],
    // Of `/router` alone, and of its types alone.
    peerDependencies: { '@trpc/client': trpc, '@trpc/server': trpc },
    peerDependenciesMeta: {
      '@trpc/client': { optional: true },
      '@trpc/server': { optional: true },
    },
  };
}

/** Our licence, and those of the packages whose code is in the bundle. */
export function licences(home: string, bundled: Iterable<string>): string {
  const require = createRequire(join(home, 'package.json'));
  const others = [...bundled].toSorted().map((name) => {
    const licence = readFileSync(join(folderOf(require, name), 'LICENSE'), 'utf8');
    return `\n---\n\nContains code of ${name}:\n\n${licence}`;
  });
  return [readFileSync(join(home, '../../LICENSE'), 'utf8'), ...others].join('');
}

function folderOf(require: NodeJS.Require, name: string): string {
  const folder = require.resolve.paths(name)?.map((path) => join(path, name));
  return folder?.find((path) => existsSync(join(path, 'package.json'))) ?? name;
}
