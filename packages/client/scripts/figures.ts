import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { measure, table } from './measure.ts';

// `npm run figures`: measures what was built and writes what it costs to figures.json and to the README.
const home = fileURLToPath(new URL('..', import.meta.url));

const figures = await measure(`${home}dist/package`);
writeFileSync(`${home}figures.json`, `${JSON.stringify(figures, null, 2)}\n`);
const readme = readFileSync(`${home}README.md`, 'utf8');
const shown = readme.replace(
  /(<!-- figures -->\n)[\s\S]*?(<!-- \/figures -->)/,
  (_, before: string, after: string) => `${before}${table(figures)}\n${after}`,
);
writeFileSync(`${home}README.md`, shown);
console.log(table(figures));
