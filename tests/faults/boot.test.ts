import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { inTurn, outcomeOf } from '../auth/callers.ts';
import { dataFolder, refusedStart, REPOSITORY, run, startServer } from './server.ts';

const ROLES = [
  'customer',
  'employee',
  'delivery_crew',
  'waiter',
  'prep_cook',
  'chef',
  'sous_chef',
  'head_chef',
  'master_chef',
  'manager',
  'admin',
];

/** The files under `folder`, however deep, that hold one of `words`. */
function filesWith(words: string[], folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => {
      const bytes = readFileSync(path);
      return words.some((word) => bytes.includes(word));
    });
}

/** What the banner offers to be saved and run, as it stands there. */
function snippetIn(output: string): string {
  const [, rest = ''] = output.split(/^From TypeScript: .*$/m);
  return rest.replaceAll(/^ {2}/gm, '');
}

/** What the line answers in a shell; without curl, what its parts answer to fetch. */
async function typed(line: string): Promise<string> {
  await using shell = run('sh', ['-c', `command -v curl >/dev/null || exit 127; ${line}`]);
  const { code, output } = await shell.exited;
  if (code !== 127) return output;
  const [, url = '', body] = /'(http[^']+)'(?:.* -d '([^']+)')?/.exec(line) ?? [];
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(url, { ...(body && { method: 'POST', headers, body }) });
  return await answer.text();
}

async function takenPort(): Promise<AsyncDisposable & { port: number }> {
  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
  const { port } = holder.address() as AddressInfo;
  return {
    port,
    [Symbol.asyncDispose]: () => new Promise((resolve) => holder.close(() => resolve())),
  };
}

describe('the first start', () => {
  test('S0-01 plants Little Lemon with one person of every role, who can all sign in', async () => {
    using folder = dataFolder();
    await using server = await startServer({ dataDir: folder.path });

    const signedIn = await inTurn(ROLES.length, (at) => server.signIn(ROLES[at] ?? ''));

    expect(server.output()).toContain('Little Lemon has one person of every role.');
    expect(Object.keys(server.passwords)).toEqual(ROLES);
    expect(signedIn.map(({ user }) => user.role)).toEqual(ROLES);
  });

  test('the curl line of the banner signs the manager in', async () => {
    using folder = dataFolder();
    await using server = await startServer({ dataDir: folder.path });

    const [line] = await server.said(/^ {2}curl -s .*$/m);
    const answer = await typed(line);

    expect(JSON.parse(answer)).toMatchObject({
      result: { data: { json: { user: { username: 'manager', role: 'manager' } } } },
    });
  });

  test('the TypeScript of the banner runs as it stands and lists the people', async () => {
    using folder = dataFolder();
    await using server = await startServer({ dataDir: folder.path });
    const file = join(REPOSITORY, `.try-${process.pid}.ts`);
    using _ = { [Symbol.dispose]: () => rmSync(file, { force: true }) };

    await server.said(/people\.list\.query\(\)\);$/m);
    writeFileSync(file, snippetIn(server.output()));
    await using program = run(process.execPath, [file]);
    const { code, output } = await program.exited;

    expect({ code, output }).toMatchObject({ code: 0 });
    expect(output).toContain("username: 'head_chef'");
  });

  test('the addresses of the banner are all there', async () => {
    using folder = dataFolder();
    await using server = await startServer({ dataDir: folder.path });

    const told = [...server.output().matchAll(/^ {2}(Docs|Health|Keys) +(http:\S+)$/gm)];
    const answers = await Promise.all(told.map(([, , address = '']) => fetch(address)));

    expect(told.map(([, name]) => name)).toEqual(['Docs', 'Health', 'Keys']);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(answers[0]?.headers.get('content-type')).toBe('text/html; charset=utf-8');
  });

  test('keeps the passwords nowhere: not in a file, not in the log', async () => {
    using folder = dataFolder();
    await using server = await startServer({ dataDir: folder.path, env: { LOG_LEVEL: 'debug' } });

    await server.signIn('manager');
    await outcomeOf(server.client().auth.login.mutate({ identifier: 'chef', password: 'a guess' }));
    server.kill('SIGKILL');
    const { output } = await server.exited;

    const words = [...Object.values(server.passwords), 'a guess'];
    const logged = output.split('\n').filter((line) => line.startsWith('{'));
    expect(logged.length).toBeGreaterThan(2);
    expect(logged.filter((line) => words.some((word) => line.includes(word)))).toEqual([]);
    expect(filesWith(['argon2id'], folder.path)).not.toEqual([]);
    expect(filesWith(words, folder.path)).toEqual([]);
  });

  test('on a taken port says so and plants nothing: the next one tells the passwords', async () => {
    using folder = dataFolder();
    await using taken = await takenPort();

    const refused = await refusedStart({ dataDir: folder.path, env: { PORT: String(taken.port) } });
    await using next = await startServer({ dataDir: folder.path });

    expect(refused).toEqual({
      code: 1,
      signal: null,
      output: `Port ${taken.port} is taken. Stop what listens there, or choose another: PORT=4001 npm start.\n`,
    });
    expect((await next.signIn('manager')).user.role).toBe('manager');
  });
});

describe('the second start', () => {
  test('keeps the data and the keys, and tells no password', async () => {
    using folder = dataFolder();
    await using first = await startServer({ dataDir: folder.path });
    const { accessToken } = await first.signIn('manager');
    first.kill('SIGTERM');
    await first.exited;

    await using second = await startServer({ dataDir: folder.path });
    const password = first.passwords['manager'] ?? '';
    const again = await second.client().auth.login.mutate({ identifier: 'manager', password });
    const people = await second.client(accessToken).people.list.query({ limit: 50 });

    expect(second.output()).toContain('set-password manager');
    expect(second.passwords).toEqual({});
    expect(again.user.username).toBe('manager');
    expect(people.items).toHaveLength(ROLES.length - 1);
  });

  test('the curl line of the banner works without a password, too', async () => {
    using folder = dataFolder();
    await using first = await startServer({ dataDir: folder.path });
    first.kill('SIGTERM');
    await first.exited;

    await using second = await startServer({ dataDir: folder.path });
    const [line] = await second.said(/^ {2}curl -s .*$/m);
    const answer = await typed(line);

    expect(JSON.parse(answer)).toMatchObject({
      result: {
        data: {
          json: { items: expect.arrayContaining([expect.objectContaining({ slug: 'carbonara' })]) },
        },
      },
    });
  });
});
