import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { entities } from '@comanda/domains/entities';
import { describe, expect, inject, test } from 'vitest';
import { outside } from './projects.ts';

const published = join(inject('npm'), 'node_modules/@comanda/client');
const files = globSync('**/*', { cwd: published, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).slice(published.length + 1))
  .toSorted();
const texts = files.map((file) => ({ file, text: readFileSync(join(published, file), 'utf8') }));
const declarations = texts.filter(({ file }) => file.endsWith('.d.ts'));

/** What stands between comments. */
const codeOf = (of: typeof texts): typeof texts =>
  of.map(({ file, text }) => ({ file, text: text.replace(/\/\*[\s\S]*?\*\//g, '') }));

function found(words: RegExp, within = texts): string[] {
  return within.flatMap(({ file, text }) =>
    [...text.matchAll(words)].map(([word]) => `${file}: ${word}`),
  );
}

/** The declarations that one entry leads to. */
function reachable(entry: string): typeof declarations {
  const names = [entry];
  for (const name of names) {
    const { text = '' } = declarations.find(({ file }) => file === name) ?? {};
    const next = [...text.matchAll(/(?:from |import\()['"](\.[^'"]+)\.js['"]/g)];
    for (const [, to = ''] of next) {
      const file = join(name, '..', `${to}.d.ts`);
      if (!names.includes(file)) names.push(file);
    }
  }
  return declarations.filter(({ file }) => names.includes(file));
}

describe('the tarball', () => {
  test('holds what is imported, its types, a licence and a README, and nothing else', () => {
    const kinds = /^(LICENSE|README\.md|package\.json|(index|minimal|pace|router)\.js)$/;
    const parts = /^(chunks\/[a-z-]+\.js|((contract|session)\/)?[a-z-]+\.d\.ts)$/;

    expect(files.filter((file) => !kinds.test(file) && !parts.test(file))).toEqual([]);
    expect(files).toEqual(expect.arrayContaining(['LICENSE', 'index.js', 'index.d.ts']));
  });

  test('names nothing of the server', () => {
    const server =
      /mikro-?orm|fastify|argon2|\bjose\b|kysely|better-sqlite3|@comanda\/(?!client)/gi;

    expect(found(server)).toEqual([]);
  });

  test('knows no entity and no context', () => {
    const names = entities.map((entity) => entity.name);
    const bare = codeOf(declarations);

    expect(names).toContain('Membership');
    expect(found(new RegExp(String.raw`\b(${names.join('|')})\b`, 'g'), bare)).toEqual([]);
    expect(found(/\b(\w*Context|ctx|EntityManager|em)\b/g, bare)).toEqual([]);
  });

  test('tells no secret and no path of the machine that built it', () => {
    const secrets = /password_?hash|refresh_?secret|private_?key|BEGIN [A-Z ]*KEY|process\.env/gi;
    const root = fileURLToPath(new URL('../..', import.meta.url));

    expect(found(secrets)).toEqual([]);
    expect(found(/node_modules|file:\/\/|\/(?:home|root|work|tmp|Users)\//g)).toEqual([]);
    expect(found(new RegExp(root, 'g'))).toEqual([]);
  });

  test('has the licences of what is bundled in', () => {
    const { text = '' } = texts.find(({ file }) => file === 'LICENSE') ?? {};

    expect([...text.matchAll(/^Contains code of (.*):$/gm)].map(([, name]) => name)).toEqual([
      '@trpc/client',
      '@trpc/server',
      'bottleneck',
    ]);
  });

  test('imports nothing but itself: it runs in browsers, in Node and at the edge', () => {
    const scripts = codeOf(texts.filter(({ file }) => file.endsWith('.js')));

    expect(scripts.length).toBeGreaterThanOrEqual(4);
    expect(
      found(/(?<![\w."'])(?:from|import|require)\b\s*\(?\s*["'](?!\.)[^"']*/g, scripts),
    ).toEqual([]);
    expect(found(/\b(?:process\.|Buffer\.|__dirname|setImmediate)/g, scripts)).toEqual([]);
  });

  test('depends on nothing', () => {
    const manifest: unknown = JSON.parse(readFileSync(join(published, 'package.json'), 'utf8'));

    expect(manifest).not.toHaveProperty('dependencies');
    expect(manifest).not.toHaveProperty('devDependencies');
    expect(manifest).not.toHaveProperty('scripts');
    expect(manifest).not.toHaveProperty('private');
  });
});

describe('the types', () => {
  test.each(['index.d.ts', 'minimal.d.ts', 'pace.d.ts'])('%s leads to no type of tRPC', (entry) => {
    const own = reachable(entry);

    expect(own.length).toBeGreaterThan(1);
    expect(found(/trpc/gi, codeOf(own))).toEqual([]);
  });

  test('are all reached from an entry', () => {
    const entries = ['index.d.ts', 'minimal.d.ts', 'pace.d.ts', 'router.d.ts'];

    expect(new Set(entries.flatMap(reachable))).toEqual(new Set(declarations));
  });
});

test('the workspace itself cannot be published, only what is built', () => {
  const workspace = fileURLToPath(new URL('../../packages/client', import.meta.url));
  const publish = (folder: string) =>
    execFileSync('npm', ['publish', '--dry-run'], {
      cwd: folder,
      env: outside(),
      encoding: 'utf8',
      stdio: 'pipe',
    });

  expect(publish(workspace)).toBe('');
  expect(publish(published)).toMatch(/^\+ @comanda\/client@/);
});
