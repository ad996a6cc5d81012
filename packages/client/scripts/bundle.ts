import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { ENTRIES } from './manifest.ts';

/**
 * tRPC's package brings a helper for generators of old targets, which nothing here uses; what it
 * puts on its prototype keeps it alive.
 */
const withoutGenerators = {
  name: 'without-generators',
  transform: (code: string) => code.replace(/^(AsyncGenerator\w*)\.prototype\[[\s\S]*?^\};$/m, ''),
};

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
    plugins: [withoutGenerators],
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
