import { parseArgs } from 'node:util';
import { BadConfig, type Config, loadConfig } from '../config.ts';
import { databaseFindings } from './doctor-database.ts';
import { type Finding, type Look, looked, ok } from './doctor-findings.ts';
import { folderFindings, keyFindings } from './doctor-folders.ts';
import { portFindings, redisFindings } from './doctor-network.ts';

const CODES = { ok: 0, warn: 1, fail: 2 } as const;

/** Looks at all that a server needs and changes nothing, while one runs or not. */
export async function doctor(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { json: { type: 'boolean', default: false } } });
  const findings = await allFindings();
  const worst = findings.reduce((code, { state }) => Math.max(code, CODES[state]), 0);
  console.log(values.json ? JSON.stringify({ findings }, null, 2) : inLines(findings));
  process.exitCode = worst;
}

async function allFindings(): Promise<Finding[]> {
  const config = await configOrProblems();
  if ('problems' in config) return config.problems;
  const looks: [what: string, look: Look][] = [
    ['folders', folderFindings],
    ['keys', keyFindings],
    ['database', databaseFindings],
    ['redis', redisFindings],
    ['port', portFindings],
  ];
  const findings = [ok('config', 'every setting can be used')];
  for (const [what, look] of looks) findings.push(...(await looked(what, () => look(config))));
  return findings;
}

async function configOrProblems(): Promise<Config | { problems: Finding[] }> {
  try {
    return await loadConfig();
  } catch (error) {
    if (!(error instanceof BadConfig)) throw error;
    const [, ...sentences] = error.message.split('\n  - ');
    const todo = 'set it right; see docs/configuration.md';
    return {
      problems: sentences.map((says) => ({ what: 'config', state: 'fail', says, todo })),
    };
  }
}

function inLines(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ what }) => what.length));
  return findings
    .map(({ state, what, says, todo }) => {
      const line = `${state.padEnd(4)}  ${what.padEnd(width)}  ${says}`;
      return todo === undefined ? line : `${line}\n${' '.repeat(8 + width)}→ ${todo}`;
    })
    .join('\n');
}
