// What vitest's own words say of a run: node .ci/count.mjs <output of npm test> [again]
//   again     one line for each file that failed, its project and its name; ends with 1 where more went wrong
//             than a few tests, so that there is nothing to try again
//   unsteady  what failed among all others has passed alone
// Otherwise what failed is said once more, names first: of a long output only a part is kept. The last line counts.
import { readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

const [, , output, mode] = process.argv;
const said = stripVTControlCharacters(readFileSync(output, 'utf8'));
const FEW = 3;
const LINES = 25;

/** The last time that vitest says it; 0 when it does not. */
function number(pattern) {
  return Number([...said.matchAll(pattern)].at(-1)?.[1] ?? 0);
}

const ended = /^ *Tests /m.test(said);
const passed = number(/^ *Tests .*?(\d+) passed/gm);
const failed = number(/^ *Tests .*?(\d+) failed/gm);
// A file that cannot be run, or an error outside of any test, is a failure as well.
const broken = number(/Failed Suites (\d+)/g) + number(/^ *Errors +(\d+) error/gm);

/** What vitest says of each failure at its end, and the tests that it is the failure of. */
function failures() {
  return said
    .split(/^⎯.*⎯$/m)
    .map((text) => ({
      text: text.trim(),
      names: [...text.matchAll(/^ *FAIL +(.+)$/gm)].map(([, name]) => name),
    }))
    .filter(({ names }) => names.length > 0);
}

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
  const whole = failures();
  for (const name of new Set(whole.flatMap(({ names }) => names))) console.log(`failed: ${name}`);
  for (const { text } of whole) console.log(`\n${text.split('\n').slice(0, LINES).join('\n')}`);
  if (!ended) process.exitCode = 1;
  const again = mode === 'unsteady' ? failed : 0;
  if (again > 0) console.log(`UNSTEADY: ${again} of these passed only when run alone.`);
  console.log(`${passed + again} passed, ${failed - again + broken} failed`);
}
