#!/usr/bin/env node
import module from 'node:module';
import { fileURLToPath } from 'node:url';

// Plain JavaScript that any Node can read: on an old one the rest would crash without a word.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 24 || (major === 24 && minor < 13)) {
  console.error(
    `Comanda needs Node 24.13 or newer, this is ${process.versions.node}. ` +
      'In the repository `npm run comanda --` brings its own.',
  );
  process.exit(1);
}
module.enableCompileCache(
  fileURLToPath(new URL('../../node_modules/.cache/comanda', import.meta.url)),
);
await import('./src/main.ts');
