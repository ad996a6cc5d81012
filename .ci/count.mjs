// What vitest's own words say of a run: node .ci/count.mjs <output of npm test> [again]
//   again     one line for each file that failed, its project and its name; ends with 1 where more went wrong
//             than a few tests, so that there is nothing to try again
//   unsteady  what failed among all others has passed alone
// Otherwise what failed is said once more, because of a long output only the end is kept, and the last line counts.
import { readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

const [, , output, mode] = process.argv;
const said = stripVTControlCharacters(readFileSync(output, 'utf8'));
const FEW = 3;

/** The last time that vitest says it; 0 when it does not. */
function number(pattern) {
  return Number([...said.matchAll(pattern)].at(-1)?.[1] ?? 0);
}

const ended = /^ *Tests /m.test(said);
const passed = number(/^ *Tests .*?(\d+) passed/gm);
const failed = number(/^ *Tests .*?(\d+) failed/gm);
// A file that cannot be run, or an error outside of any test, is a failure as well.
const broken = number(/Failed Suites (\d+)/g) + number(/^ *Errors +(\d+) error/gm);

if (mode === 'again') {
  const files = new Set(
    [...said.matchAll(/^ FAIL +(\w+) +(\S+)/gm)].map(([, project, file]) => `${project} ${file}`),
  );
  if (ended && broken === 0 && files.size > 0 && files.size <= FEW) {
    console.log([...files].join('\n'));
  } else {
    process.exitCode = 1;
  }
} else {
  const failures = said.search(/^⎯+ Failed (Tests|Suites) \d+ ⎯+$/m);
  if (failures >= 0) console.log(said.slice(failures).split('\n').slice(0, 150).join('\n'));
  if (!ended) process.exitCode = 1;
  const again = mode === 'unsteady' ? failed : 0;
  if (again > 0) console.log(`UNSTEADY: ${again} of these passed only when run alone.`);
  console.log(`${passed + again} passed, ${failed - again + broken} failed`);
}
