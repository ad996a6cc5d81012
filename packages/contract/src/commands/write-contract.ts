import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Contract } from '../contract.ts';
import { filesOf, SNAPSHOT } from '../files.ts';
import { refusedChanges } from '../keeping.ts';
import { currentContract } from '../sources.ts';

// `npm run contract`: writes what is made from the router, unless clients of this version would break.
const ROOT = new URL('../../../../', import.meta.url);
const snapshot = new URL(SNAPSHOT, ROOT);

const now = await currentContract();
const kept = existsSync(snapshot) ? (JSON.parse(readFileSync(snapshot, 'utf8')) as Contract) : now;
const refused = refusedChanges(kept, now);

for (const why of refused) console.error(why);
if (refused.length > 0) process.exitCode = 1;
else {
  for (const [path, text] of Object.entries(filesOf(now))) {
    writeFileSync(new URL(path, ROOT), text);
    console.log(path);
  }
}
