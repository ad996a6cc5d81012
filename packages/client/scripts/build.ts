import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from './bundle.ts';
import { declarations } from './declarations.ts';
import { licences, manifest } from './manifest.ts';

// `npm run build`: makes `dist/package`, all that is published, and packs it into `dist/*.tgz`.
// Another folder than `dist` may be named; it has to be inside this workspace.
const home = fileURLToPath(new URL('..', import.meta.url));
const dist = resolve(home, process.argv[2] ?? 'dist');
const staged = join(dist, 'staged');
const published = join(dist, 'package');

rmSync(dist, { recursive: true, force: true });
mkdirSync(published, { recursive: true });
stage();
const bundled = await bundle(staged, published);
declarations(staged, published);
writeFileSync(join(published, 'package.json'), `${JSON.stringify(manifest(home), null, 2)}\n`);
writeFileSync(join(published, 'LICENSE'), licences(home, bundled));
cpSync(join(home, 'README.md'), join(published, 'README.md'));
rmSync(staged, { recursive: true });
console.log(pack());

/** The sources with the generated types in place of the inferred ones. */
function stage(): void {
  const source = (from: string) => !/(\.test|inferred|scripted[\w-]*)\.ts$/.test(from);
  cpSync(join(home, 'src'), join(staged, 'src'), { recursive: true, filter: source });
  const generated = { api: 'Api, RefusalDetails', routes: 'Routes' };
  for (const [file, names] of Object.entries(generated)) {
    const text = `export type { ${names} } from './contract/${file}.ts';\n`;
    writeFileSync(join(staged, `src/${file}.ts`), text);
  }
}

function pack(): string {
  const made = execFileSync('npm', ['pack', '--silent', '--pack-destination', dist], {
    cwd: published,
    encoding: 'utf8',
  });
  return join(dist, made.trim());
}
