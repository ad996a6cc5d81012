import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { REPOSITORY } from './faults/server.ts';

const Locked = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      resolved: z.string().optional(),
      integrity: z.string().optional(),
      link: z.boolean().optional(),
      hasInstallScript: z.boolean().optional(),
    }),
  ),
});

const read = (path: string): string => readFileSync(join(REPOSITORY, path), 'utf8');
const lock = Locked.parse(JSON.parse(read('package-lock.json')));
const NESTED = 'node_modules/';
const installed = Object.entries(lock.packages)
  .filter(([path, { link }]) => path.includes(NESTED) && !link)
  .map(([path, entry]) => ({
    name: path.slice(path.lastIndexOf(NESTED) + NESTED.length),
    ...entry,
  }));

/** Below these, something is known that would reach our users: an advisory, or a bug of the same weight. */
const FLOORS: Record<string, string> = {
  fastify: '5.12.5',
  'find-my-way': '9.7.0',
  'fast-uri': '3.1.8',
  '@trpc/server': '11.18.0',
  superjson: '1.8.1',
  '@mikro-orm/core': '7.1.13',
  '@mikro-orm/sql': '7.1.13',
  mysql2: '3.23.1',
  jose: '6.0.0',
  argon2: '0.45.0',
  bottleneck: '2.19.5',
  'better-sqlite3': '13.0.0',
};

/** Their paths normalise addresses in ways that have let callers past hooks. */
const AVOIDED = ['@fastify/middie', '@fastify/express', '@fastify/static'];

function isBelow(version: string, floor: string): boolean {
  const [left, right] = [version, floor].map((text) => text.split('.').map(Number));
  const at = [0, 1, 2].find((place) => left?.[place] !== right?.[place]);
  return at !== undefined && (left?.[at] ?? 0) < (right?.[at] ?? 0);
}

describe('T45 what is installed', () => {
  test.each(Object.entries(FLOORS))('%s is at least %s, wherever it lies', (name, floor) => {
    const versions = installed.filter((one) => one.name === name).map((one) => one.version ?? '');

    expect(versions).not.toEqual([]);
    expect(versions.filter((version) => isBelow(version, floor))).toEqual([]);
  });

  test('all parts of MikroORM have one version', () => {
    const parts = installed.filter(({ name }) => name.startsWith('@mikro-orm/'));

    expect(new Set(parts.map(({ version }) => version)).size).toBe(1);
  });

  test('holds nothing of what is avoided', () => {
    expect(installed.filter(({ name }) => AVOIDED.includes(name))).toEqual([]);
  });

  test('is known by its content, and comes from no address of its own', () => {
    const strange = installed.filter(
      ({ integrity, resolved }) => !integrity?.startsWith('sha512-') || resolved !== undefined,
    );

    expect(read('.npmrc').split('\n')).toContain('omit-lockfile-registry-resolved=true');
    expect(strange).toEqual([]);
  });

  test('runs no script of its own, and the few that have one work without', () => {
    const scripted = installed.filter(({ hasInstallScript }) => hasInstallScript);

    expect(read('.npmrc').split('\n')).toContain('ignore-scripts=true');
    expect(scripted.map(({ name }) => name)).toEqual(['@scarf/scarf', 'argon2', 'better-sqlite3']);
  });

  test('is named by its exact version in every package.json', () => {
    const Named = z.object({
      dependencies: z.record(z.string(), z.string()).optional(),
      devDependencies: z.record(z.string(), z.string()).optional(),
      optionalDependencies: z.record(z.string(), z.string()).optional(),
    });
    const files = globSync(
      ['package.json', '{apps,packages}/*/package.json', 'tests/package.json'],
      {
        cwd: REPOSITORY,
      },
    );
    const loose = files.flatMap((file) => {
      const { dependencies, devDependencies, optionalDependencies } = Named.parse(
        JSON.parse(read(file)),
      );
      const named = { ...dependencies, ...devDependencies, ...optionalDependencies };
      return Object.entries(named)
        .filter(([name, version]) => !name.startsWith('@comanda/') && !/^\d[\w.-]*$/.test(version))
        .map(([name, version]) => `${file}: ${name} ${version}`);
    });

    expect(files.length).toBeGreaterThan(8);
    expect(loose).toEqual([]);
  });

  test('stands in the bill of materials, all of it', () => {
    const Bill = z.object({
      bomFormat: z.literal('CycloneDX'),
      components: z.array(z.object({ purl: z.string(), hashes: z.array(z.unknown()).optional() })),
    });
    const said = execFileSync('npm', ['run', '--silent', 'sbom'], {
      cwd: REPOSITORY,
      encoding: 'utf8',
    });
    const { components } = Bill.parse(JSON.parse(said));
    const listed = new Set(components.map(({ purl }) => decodeURIComponent(purl)));
    const missing = installed.filter(
      ({ name, version }) => !listed.has(`pkg:npm/${name}@${version}`),
    );

    expect(missing.map(({ name }) => name)).toEqual([]);
  });
});

const Workflow = z.object({
  permissions: z.record(z.string(), z.string()),
  jobs: z.record(
    z.string(),
    z.object({
      needs: z.string().optional(),
      permissions: z.record(z.string(), z.string()).optional(),
      steps: z.array(z.object({ uses: z.string().optional(), run: z.string().optional() })),
    }),
  ),
});

describe.each(['ci', 'release'])('T45 the workflow %s', (name) => {
  const text = read(`.github/workflows/${name}.yml`);
  const { permissions, jobs } = Workflow.parse(parse(text));
  const steps = Object.values(jobs).flatMap((job) => job.steps);

  test('may write nothing by default, and uses what is named by its commit only', () => {
    const used = steps.flatMap(({ uses }) => (uses ? [uses] : []));

    expect(permissions).toEqual({ contents: 'read' });
    expect(used.length).toBeGreaterThan(1);
    expect(used.filter((uses) => !/^actions\/[\w-]+@[\da-f]{40}$/.test(uses))).toEqual([]);
  });

  test('runs what has to pass, and holds no secret', () => {
    expect(steps.map(({ run }) => run)).toContain('bash .ci/run');
    expect(text).not.toContain('secrets.');
  });
});

test('T45 what is released was tested first, and says where it was built', () => {
  const { jobs } = Workflow.parse(parse(read('.github/workflows/release.yml')));
  const { publish } = jobs;
  const runs = publish?.steps.map(({ run = '' }) => run) ?? [];

  expect(publish?.needs).toBe('ci');
  expect(publish?.permissions).toMatchObject({ 'id-token': 'write', attestations: 'write' });
  expect(runs.filter((run) => /^npm publish .*\.tgz" --provenance\b/.test(run))).toHaveLength(1);
});
