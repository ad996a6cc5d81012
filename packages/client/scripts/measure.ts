import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { appRouter } from '@comanda/domains/router';
import { rolldown } from 'rolldown';

/** What the client costs those who use it. Bytes and instantiations: the same on every machine. */
export interface Figures {
  /** Types that the compiler makes to check a call of one procedure more. */
  instantiations: number;
  /** The same through tRPC's types. */
  routerInstantiations: number;
  /** Bytes of the contract's declarations, per procedure; what they say to people is not counted. */
  declarations: number;
  /** Bytes of everything but `pace`, minified and compressed. */
  gzip: number;
  minimalGzip: number;
}

/** What is promised. */
export const LIMITS: Figures = {
  instantiations: 20,
  routerInstantiations: 120,
  declarations: 510,
  gzip: 12_800,
  minimalGzip: 8_000,
};

const HOW = { query: 'query', mutation: 'mutate', subscription: 'subscribe' } as const;
const PROCEDURES: Record<string, unknown> = appRouter._def.procedures;
/** Every procedure, called once. */
export const CALLS = Object.entries(
  PROCEDURES as Record<string, { _def: { type: keyof typeof HOW } }>,
).map(([path, { _def }]) => `await client.${path}.${HOW[_def.type]}(null as never)`);
const PLAIN = `
import { createClient } from '@comanda/client';
const client = createClient({ url: '' });`;
const THROUGH_ROUTER = `
import type { AppRouter } from '@comanda/client/router';
import { createTRPCClient } from '@trpc/client';
const client = createTRPCClient<AppRouter>({ links: [] });`;

/** Measures a package as it is published: a folder. */
export async function measure(published: string): Promise<Figures> {
  const consumer = mkdtempSync(join(tmpdir(), 'comanda-figures-'));
  try {
    furnish(consumer, published);
    const types = readFileSync(join(published, 'contract/api.d.ts'), 'utf8');
    const size = types.replaceAll(/\/\*\*[\s\S]*?\*\/\s*/g, '').length;
    return {
      instantiations: perCall(consumer, PLAIN),
      routerInstantiations: perCall(consumer, THROUGH_ROUTER),
      declarations: round(size / CALLS.length),
      gzip: await bundleSize(consumer, `export * from '@comanda/client';`),
      minimalGzip: await bundleSize(consumer, `export * from '@comanda/client/minimal';`),
    };
  } finally {
    rmSync(consumer, { recursive: true });
  }
}

/** The rows of the README's table. */
export function table(figures: Figures): string {
  const row = ([name, what]: [keyof Figures, string]) =>
    `| ${what} | ${figures[name].toLocaleString('en')} | ${LIMITS[name].toLocaleString('en')} |`;
  return ['| cost | now | at most |', '| --- | ---: | ---: |', ...TOLD.map(row)].join('\n');
}

const TOLD: [keyof Figures, string][] = [
  ['gzip', 'everything but `pace`, bytes after minify and gzip'],
  ['minimalGzip', '`/minimal`, the same'],
  ['instantiations', 'types the compiler makes for one procedure more'],
  ['routerInstantiations', 'the same through `/router`'],
  ['declarations', 'bytes of declarations, per procedure, comments apart'],
];

/** A bundle as a consumer's bundler makes it for browsers: one file that imports nothing. */
export async function bundleFor(folder: string, source: string): Promise<string> {
  const entry = join(folder, 'entry.js');
  writeFileSync(entry, source);
  const build = await rolldown({ input: entry, platform: 'browser', logLevel: 'silent' });
  const { output } = await build.generate({ format: 'esm', minify: true });
  await build.close();
  const [{ code, imports }, ...others] = output;
  if (imports.length > 0 || others.length > 0) {
    throw new Error(
      `The bundle imports ${[...imports, ...others.map((one) => one.fileName)].join(', ')}`,
    );
  }
  return code;
}

async function bundleSize(folder: string, source: string): Promise<number> {
  return gzipSync(await bundleFor(folder, source), { level: 9 }).length;
}

function furnish(consumer: string, published: string): void {
  const modules = join(consumer, 'node_modules');
  mkdirSync(join(modules, '@trpc'), { recursive: true });
  cpSync(published, join(modules, '@comanda/client'), { recursive: true });
  for (const name of ['@trpc/client', '@trpc/server']) {
    const entry = fileURLToPath(import.meta.resolve(name));
    symlinkSync(
      entry.slice(0, entry.lastIndexOf(name) + name.length),
      join(modules, name),
      'junction',
    );
  }
}

/** What the client itself costs, and the first call, is paid once. */
function perCall(consumer: string, client: string): number {
  const answers = CALLS.map((call, place) => `export const answer${place} = ${call};`);
  const all = instantiations(consumer, [client, ...answers].join('\n'));
  const first = instantiations(consumer, [client, ...answers.slice(0, 1)].join('\n'));
  return round((all - first) / (CALLS.length - 1));
}

function round(figure: number): number {
  return Math.round(figure * 10) / 10;
}

function instantiations(consumer: string, source: string): number {
  const project = {
    compilerOptions: {
      module: 'preserve',
      target: 'es2022',
      lib: ['es2022', 'dom', 'esnext.disposable'],
      types: [],
      strict: true,
      noEmit: true,
      skipLibCheck: true,
    },
    files: ['calls.ts'],
  };
  writeFileSync(join(consumer, 'calls.ts'), source);
  writeFileSync(join(consumer, 'tsconfig.json'), JSON.stringify(project));
  const args = ['-p', consumer, '--extendedDiagnostics', '--singleThreaded'];
  const { stdout } = spawnSync('tsc', args, { encoding: 'utf8' });
  if (stdout.includes('error TS')) throw new Error(stdout);
  return Number(/^Instantiations: +(\d+)$/m.exec(stdout)?.[1]);
}
