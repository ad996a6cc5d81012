import { globSync, rmSync, writeFileSync } from 'node:fs';
import { keptFigures } from './figures.ts';
import { performancePage } from './page/performance-page.ts';

// A part of `npm run docs`: writes docs/performance.md and its pictures from bench/figures.json.
const DOCS = new URL('../docs/', import.meta.url);

const { text, pictures } = performancePage(keptFigures());
for (const name of globSync('pictures/performance-*.svg', { cwd: DOCS }))
  rmSync(new URL(name, DOCS));
const files = Object.entries(pictures).map(([name, drawn]) => [`pictures/${name}`, drawn] as const);
for (const [name, content] of [['performance.md', text] as const, ...files]) {
  writeFileSync(new URL(name, DOCS), content);
  console.log(`docs/${name}`);
}
