import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ENTRIES } from './manifest.ts';

const RELATIVE = /(from |import\()(["'])(\.[^"']+)\.ts\2/g;

/** Writes the declarations that can be reached from an entry, and no others: what links are made of stays here. */
export function declarations(staged: string, published: string): void {
  const emitted = emit(staged);
  const wanted = ENTRIES.map((name) => `${name}.d.ts`);
  for (const file of wanted) {
    const text = readFileSync(join(emitted, file), 'utf8');
    for (const [, , , from = ''] of text.matchAll(RELATIVE)) {
      const next = normalize(join(dirname(file), `${from}.d.ts`));
      if (!wanted.includes(next)) wanted.push(next);
    }
    mkdirSync(dirname(join(published, file)), { recursive: true });
    writeFileSync(join(published, file), slim(text.replace(RELATIVE, '$1$2$3.js$2')));
  }
}

/** Nobody's editor shows the indents of the compiler. */
function slim(text: string): string {
  return text.replace(/^( {4})+/gm, (indent) => '\t'.repeat(indent.length / 4));
}

function emit(staged: string): string {
  const out = join(staged, 'types');
  const project = {
    extends: fileURLToPath(new URL('../../../tsconfig.base.json', import.meta.url)),
    compilerOptions: {
      // What the oldest supported Node has; a newer function does not compile.
      lib: ['es2023', 'dom', 'dom.iterable'],
      types: [],
      noEmit: false,
      declaration: true,
      emitDeclarationOnly: true,
      rootDir: 'src',
      outDir: 'types',
    },
    include: ['src'],
  };
  writeFileSync(join(staged, 'tsconfig.json'), JSON.stringify(project));
  execFileSync('tsc', ['-p', staged], { stdio: 'inherit' });
  return out;
}
