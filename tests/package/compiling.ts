import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface Way {
  /** The folder of a compiler among the tools. */
  compiler: 'typescript-5' | 'typescript-7';
  moduleResolution: 'bundler' | 'nodenext';
  skipLibCheck: boolean;
}

/** Every way in which a consumer may compile. */
export const WAYS: Way[] = (['typescript-5', 'typescript-7'] as const).flatMap((compiler) =>
  (['bundler', 'nodenext'] as const).flatMap((moduleResolution) =>
    [true, false].map((skipLibCheck) => ({ compiler, moduleResolution, skipLibCheck })),
  ),
);

interface Compiled extends Way {
  tools: string;
  project: string;
  files: string[];
  options?: object;
}

/** The lines that do not compile, as `file:line`, each once; a whole file without its line. */
export async function brokenLines({ project, files, ...way }: Compiled): Promise<string[]> {
  const { compiler, moduleResolution, skipLibCheck, tools, options } = way;
  const compilerOptions = {
    moduleResolution,
    module: moduleResolution === 'bundler' ? 'preserve' : 'nodenext',
    target: 'es2022',
    lib: ['es2022', 'dom'],
    jsx: 'react-jsx',
    types: [],
    strict: true,
    noEmit: true,
    skipLibCheck,
    ...options,
  };
  const name = join(
    project,
    `tsconfig.${[compiler, moduleResolution, skipLibCheck].join('.')}.json`,
  );
  writeFileSync(name, JSON.stringify({ compilerOptions, files }));
  const tsc = join(tools, 'node_modules', compiler, 'bin/tsc');
  const { stdout } = await run(process.execPath, [tsc, '-p', name, '--pretty', 'false'], {
    cwd: project,
  }).catch((error: { stdout: string }) => error);
  const told = stdout.split('\n').filter((line) => /\berror TS\d+:/.test(line));
  return [...new Set(told.map((line) => line.replace(/^(.*?)\((\d+),\d+\).*$/, '$1:$2')))];
}

/** The lines of a file that say they are wrong. */
export function markedLines(project: string, file: string): string[] {
  const lines = readFileSync(join(project, file), 'utf8').split('\n');
  return lines.flatMap((line, index) =>
    / \/\/ wrong: /.test(line) ? [`${file}:${index + 1}`] : [],
  );
}
