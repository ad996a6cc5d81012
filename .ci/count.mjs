// The end of a CI run, from vitest's own words: node .ci/count.mjs <output of npm test>
// What failed is said once more, because of a long output only the end is kept.
import { readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

const said = stripVTControlCharacters(readFileSync(process.argv[2], 'utf8'));

/** The last time that vitest says it; 0 when it does not. */
function number(pattern) {
  return Number([...said.matchAll(pattern)].at(-1)?.[1] ?? 0);
}

const passed = number(/^ *Tests .*?(\d+) passed/gm);
// A file that cannot be run, or an error outside of any test, is a failure as well.
const failed =
  number(/^ *Tests .*?(\d+) failed/gm) +
  number(/Failed Suites (\d+)/g) +
  number(/^ *Errors +(\d+) error/gm);

const failures = said.search(/^⎯+ Failed (Tests|Suites) \d+ ⎯+$/m);
if (failures >= 0) console.log(said.slice(failures).split('\n').slice(0, 150).join('\n'));
if (!/^ *Tests /m.test(said)) process.exitCode = 1;
console.log(`${passed} passed, ${failed} failed`);
