// The last line of a CI run, from vitest's own summary: node .ci/count.mjs <output of npm test>
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

if (!/^ *Tests /m.test(said)) process.exitCode = 1;
console.log(`${passed} passed, ${failed} failed`);
