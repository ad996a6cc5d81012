import { posix } from 'node:path';
import { catalogue } from '@comanda/domains/errors';
import { clientRefusals, errorsPage } from '@comanda/domains/errors-page';
import { appRouter } from '@comanda/domains/router';
import { accessPage } from '@comanda/kernel/access-page';
import { quotasPage } from '@comanda/quotas/quotas-page';
import { commands } from '@comanda/server/commands/commands';
import { Environment } from '@comanda/server/config';
import { SECRETS } from '@comanda/server/secrets/given';
import { describe, expect, test } from 'vitest';
import {
  capitals,
  codeBlocks,
  documentAt,
  DOCUMENTS,
  EXAMPLES,
  missing,
  npmScripts,
  offences,
  regionsOf,
  serverCommands,
  settingsIn,
  strayPaths,
  textOf,
  unknown,
  WORKSPACES,
} from './docs/documents.ts';

const refusals = Object.values(catalogue).flatMap((domain) => Object.entries(domain));
const codes = refusals.map(([code]) => code);
const procedures = Object.entries(
  appRouter._def.procedures as unknown as Record<
    string,
    { _def: { meta?: { refusals?: string[] } } }
  >,
).map(([name, { _def }]) => ({ name, declared: _def.meta?.refusals ?? [] }));
const declared = new Set(procedures.flatMap((procedure) => procedure.declared));

const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
const settings = settingsIn(documentAt('docs/configuration.md'));
const environment = [
  ...Object.keys(Environment.shape),
  ...SECRETS.flatMap((name) => [`${name}_FILE`, `${name}_FROM`]),
];

describe('generated pages', () => {
  test('docs/access.md is what the table says; `npm run docs` writes it', () => {
    expect(textOf('docs/access.md')).toBe(accessPage());
  });

  test('docs/errors.md is what the catalogue says; `npm run docs` writes it', () => {
    expect(textOf('docs/errors.md')).toBe(errorsPage());
  });

  test('docs/quotas.md is what the policies say; `npm run docs` writes it', () => {
    expect(textOf('docs/quotas.md')).toBe(quotasPage());
  });

  test('the README of the client tells every refusal; `npm run docs` writes them', () => {
    expect(textOf('packages/client/README.md')).toContain(
      `<!-- refusals -->\n${clientRefusals()}\n<!-- /refusals -->`,
    );
  });
});

describe('the catalogue of refusals', () => {
  test('has each code once, in capitals, under its own name', () => {
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.filter((code) => !/^[A-Z]+(_[A-Z]+)*$/.test(code))).toEqual([]);
    expect(refusals.filter(([name, { code }]) => name !== code)).toEqual([]);
  });

  test('says what each refusal means and what to do about it, in sentences', () => {
    const mute = refusals.filter(([, { message, advice }]) => !message.endsWith('.') || !advice);

    expect(mute).toEqual([]);
  });

  test('has every code that a procedure declares', () => {
    expect(procedures.filter(({ declared }) => declared.length === 0)).toEqual([]);
    expect([...declared].filter((code) => !codes.includes(code))).toEqual([]);
  });

  test('holds no code that nobody gives: a procedure declares it, or it is the transport’s', () => {
    const ofTransport = new Set(Object.keys(catalogue.transport));

    expect(codes.filter((code) => !declared.has(code) && !ofTransport.has(code))).toEqual([]);
    expect(codes.filter((code) => declared.has(code) && ofTransport.has(code))).toEqual([]);
  });
});

describe('the documents', () => {
  test('name only files that are there', () => {
    expect(offences(missing)).toEqual([]);
  });

  test('name only scripts and commands that are there', () => {
    expect(offences(unknown(Object.keys(scripts), npmScripts))).toEqual([]);
    expect(offences(unknown(Object.keys(commands), serverCommands))).toEqual([]);
  });

  test('name only settings and codes that are there', () => {
    const ofTests = ['REQUIRE_SERVICES', 'REDIS_SERVER', 'VITEST_POOL_ID', 'WEB_SHOTS'];
    const ofOthers = ['SQLITE_BUSY', 'AWS_REGION', 'AWS_ENDPOINT_URL', 'NODE_EXTRA_CA_CERTS'];
    const ofTheCommand = ['COMANDA_CONFIG_DIR', 'COMANDA_TOKEN', 'COMANDA_URL', 'XDG_CONFIG_HOME'];
    const elsewhere = [...ofTests, ...ofOthers, ...ofTheCommand];

    expect(offences(unknown([...environment, ...codes, ...elsewhere], capitals))).toEqual([]);
  });

  test('in docs/ can be found: the README links each, or another page does', () => {
    const pages = DOCUMENTS.map(({ path }) => path).filter((path) => /^docs\/[^/]+$/.test(path));
    const links = DOCUMENTS.flatMap(({ path, text }) =>
      [...text.matchAll(/\]\(([^)#\s]+)/g)].map(
        ([, to = '']) => `${path} ${posix.join(posix.dirname(path), to)}`,
      ),
    );
    const lost = pages.filter(
      (page) => !links.some((link) => link.endsWith(` ${page}`) && link !== `${page} ${page}`),
    );

    expect(lost).toEqual([]);
  });

  test('lead neither out of the repository nor into one machine', () => {
    expect(offences(strayPaths)).toEqual([]);
  });

  test('show only TypeScript that is compiled', () => {
    expect(offences(unknown(EXAMPLES.flatMap(regionsOf), codeBlocks))).toEqual([]);
  });

  // The client's is all that its users get to read.
  test.each(WORKSPACES.filter((workspace) => workspace !== 'packages/client'))(
    '%s has a README of at most 40 lines',
    (workspace) => {
      const lines = textOf(`${workspace}/README.md`).trimEnd().split('\n');

      expect(lines.length).toBeLessThanOrEqual(40);
    },
  );

  test('the examples are the ones that are shown', () => {
    const shown = DOCUMENTS.flatMap(codeBlocks);

    expect(shown.length).toBeGreaterThanOrEqual(3);
    expect(shown).toEqual(expect.arrayContaining(EXAMPLES.flatMap(regionsOf)));
  });
});

describe('docs/configuration.md', () => {
  test('has a row for every name that the server reads, and for no other', () => {
    expect(settings.map(([name]) => name).toSorted()).toEqual(environment.toSorted());
  });

  test('tells the defaults that hold', () => {
    const standard = Object.entries(Environment.parse({})).filter(
      ([, value]) => !Array.isArray(value),
    );

    expect(Object.fromEntries(settings)).toMatchObject(
      Object.fromEntries(standard.map(([name, value]) => [name, `\`${String(value)}\``])),
    );
  });

  test('names every command, or docs/operations.md does', () => {
    const pages = ['docs/configuration.md', 'docs/operations.md'].map(textOf).join('\n');

    expect(Object.keys(commands).filter((name) => !pages.includes(`\`${name}\``))).toEqual([]);
  });
});

describe('the reading of documents', () => {
  const read = (text: string) => ({ path: 'docs/some.md', text });

  test('finds a file that is gone, however it is named', () => {
    expect(missing(read('see [this](gone.md), packages/kernel/src/gone.ts, `gone.ts`'))).toEqual([
      'gone.md',
      'packages/kernel/src/gone.ts',
      'gone.ts',
    ]);
  });

  test('takes a place to be filled in for what it is', () => {
    expect(missing(read('`packages/domains/src/<noun>/`, `docs/decisions/NNN-title.md`'))).toEqual(
      [],
    );
  });

  test('finds scripts, commands and capitals', () => {
    expect(npmScripts(read('`npm start`, npm run -s docs, `npm run demo:reset`'))).toEqual([
      'start',
      'docs',
      'demo:reset',
    ]);
    expect(serverCommands(read('npm run comanda-server -- set-password you'))).toEqual([
      'set-password',
    ]);
    expect(capitals(read('CORS_ORIGINS, PORT and NOT_FOUND'))).toEqual([
      'CORS_ORIGINS',
      'NOT_FOUND',
    ]);
  });

  test('finds the way out', () => {
    expect(strayPaths(read('`../../elsewhere/a.md`, `/home/me/notes`, `../README.md`'))).toEqual([
      '../../elsewhere',
      '/home/me/notes',
    ]);
  });
});
