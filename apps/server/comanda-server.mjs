#!/usr/bin/env node
// Plain JavaScript that any Node can read: on an old one the rest would crash without a word.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 24 || (major === 24 && minor < 13)) {
  console.error(
    `Comanda needs Node 24.13 or newer, this is ${process.versions.node}. ` +
      'Start it with `npm start` in the repository, which brings its own Node, or install a newer one.',
  );
  process.exit(1);
}
await import('./src/main.ts');
