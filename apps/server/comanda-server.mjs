#!/usr/bin/env node
import module from 'node:module';
import { fileURLToPath } from 'node:url';

// Plain JavaScript that any Node can read: on an old one the rest would crash without a word.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 24 || (major === 24 && minor < 13)) {
  console.error(
    `Comanda needs Node 24.13 or newer, this is ${process.versions.node}. ` +
      'Start it with `npm start` in the repository, which brings its own Node, or install a newer one.',
  );
  process.exit(1);
}
// Half of a start is reading programs: what was read once is kept. Where nothing can be written, it is not.
module.enableCompileCache(
  fileURLToPath(new URL('../../node_modules/.cache/comanda', import.meta.url)),
);
await import('./src/main.ts');
