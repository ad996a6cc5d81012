import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { ENTRIES } from './manifest.ts';

/** What tRPC's package brings for old targets and for other uses, and what does the same here. */
const SLIMMER: [bulky: RegExp, slim: string][] = [
  // No generator of it is used; what this puts on its prototype keeps it alive.
  [/^(AsyncGenerator\w*)\.prototype\[[\s\S]*?^\};$/m, ''],
  [/^(function _objectSpread2\()[\s\S]*?^\}$/m, '$1...all) { return Object.assign(...all); }'],
  [
    /^(function _defineProperty\()[\s\S]*?^\}$/m,
    '$1on, name, value) { return Object.defineProperty(on, name, { value, enumerable: true, configurable: true, writable: true }); }',
  ],
  // What every target says in two letters.
  [
    /\(([\w$]+) = (\w+)(\.\w+)\) === null \|\| \1 === void 0 (?:\|\||\? void 0 :) \1\.call\(\2(?:, )?/g,
    '$2$3?.(',
  ],
  [/\b(\w+) === null \|\| \1 === void 0 (?:\|\||\? void 0 :) \1\./g, '$1?.'],
  // Of every observable a call is the only reader.
  [/^(function share\()[\s\S]*?^\}$/m, '$1) { return (source) => source; }'],
  [/^\/\* istanbul ignore file .*\*\/$/m, ''],
];

/** Throws at the end of a build in which something of it was not there: tRPC has changed. */
function slimming() {
  const left = new Set(SLIMMER);
  return {
    name: 'slimming',
    transform: (code: string) => {
      const found = SLIMMER.filter(([bulky]) => code.search(bulky) >= 0);
      for (const one of found) left.delete(one);
      return found.reduce((text, [bulky, slim]) => text.replace(bulky, slim), code);
    },
    buildEnd() {
      if (left.size > 0) throw new Error(`tRPC has changed: ${[...left].join(' ')} not found`);
    },
  };
}

/**
 * Writes the JavaScript, and answers the packages whose code went into it: what is bundled in needs
 * no installing, and cannot be another version.
 */
export async function bundle(staged: string, published: string): Promise<Set<string>> {
  const input = Object.fromEntries(ENTRIES.map((name) => [name, join(staged, `src/${name}.ts`)]));
  const build = await rolldown({
    input,
    platform: 'neutral',
    resolve: { mainFields: ['module', 'main'] },
    transform: { target: 'es2022' },
    treeshake: { moduleSideEffects: false, propertyReadSideEffects: false },
    plugins: [slimming()],
    experimental: { attachDebugInfo: 'none' },
  });
  const { output } = await build.write({
    dir: published,
    format: 'esm',
    chunkFileNames: 'chunks/[name].js',
    sourcemap: false,
  });
  await build.close();
  const modules = output.flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []));
  return new Set(
    modules.flatMap((id) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(id)?.[1] ?? []),
  );
}
