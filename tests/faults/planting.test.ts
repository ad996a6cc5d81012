import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { newKeySet } from '@comanda/domains/auth/credentials/keys';
import { ROLES } from '@comanda/kernel/access';
import { describe, expect, test } from 'vitest';
import { outcomeOf } from '../auth/callers.ts';
import { command, dataFolder, type Server, startServer } from './server.ts';

/** What was printed of each: a password, or that they are left as they are. */
function plantedBy(output: string): Map<string, string> {
  const lines = output.matchAll(/^ {2}(\w+) +(.+)$/gm);
  return new Map([...lines].map(([, name = '', rest = '']) => [name, rest]));
}

const PASSWORD = /^([a-z\d]{4}-){3}[a-z\d]{4}$/;
const SKIPPED = 'is left as they are: somebody has that name already.';

/** Who comes in by each name, with the password that was printed; in turn, for hashes take their time. */
async function signedIn(server: Server, planted: Map<string, string>) {
  const people = [];
  for (const [identifier, password] of planted) {
    const { user } = await server.client().auth.login.mutate({ identifier, password });
    people.push({ ...user, place: user.restaurant?.name });
  }
  return people;
}

async function production() {
  return { NODE_ENV: 'production', AUTH_KEYS: JSON.stringify(await newKeySet(new Date())) };
}

describe('plant-staff', () => {
  test('D9 makes one person of every role, who can sign in', async () => {
    using folder = dataFolder();
    await command(['create-admin', 'olga'], { dataDir: folder.path });

    const { code, output } = await command(['plant-staff'], { dataDir: folder.path });
    const planted = plantedBy(output);
    await using server = await startServer({ dataDir: folder.path });
    const people = await signedIn(server, planted);

    expect(code).toBe(0);
    expect(output).toMatch(/^At My restaurant, each password shown this once:\n/);
    expect(people.map(({ username, role }) => [username, role])).toEqual(
      ROLES.map((role) => [role, role]),
    );
    expect(new Set(planted.values()).size).toBe(ROLES.length);
  });

  test('S0-27 D9 makes the kitchen beside a running server, and skips who is there', async () => {
    using folder = dataFolder();
    await using server = await startServer({ dataDir: folder.path });
    const plant = () => command(['plant-staff', '--set', 'kitchen'], { dataDir: folder.path });

    const first = await plant();
    const again = await plant();
    const people = await signedIn(server, plantedBy(first.output));
    const { accessToken } = await server.signIn('manager');
    const { people: staff } = server.client(accessToken);
    const helped = await outcomeOf(staff.issueResetCode.mutate({ personId: people[2]?.id ?? '' }));

    expect(people).toMatchObject([
      { username: 'masterchef', email: 'masterchef@restaurant.com', role: 'master_chef', level: 5 },
      { username: 'headchef', email: 'headchef@restaurant.com', role: 'head_chef', level: 4 },
      { username: 'souschef', email: 'souschef@restaurant.com', role: 'sous_chef', level: 3 },
      { username: 'waiter1', email: 'waiter1@restaurant.com', role: 'waiter', level: 2 },
      { username: 'customer1', email: 'customer1@restaurant.com', role: 'customer', level: 1 },
    ]);
    expect(people.map(({ place }) => place)).toEqual([
      ...Array.from({ length: 4 }, () => 'Little Lemon'),
      undefined,
    ]);
    expect(helped).toBe('ok');
    expect(again.code).toBe(0);
    expect([...plantedBy(again.output).values()]).toEqual(Array.from({ length: 5 }, () => SKIPPED));
  });

  test('S3-15 D9 makes a chef and a waiter of the restaurant that is named, known by their phones', async () => {
    using folder = dataFolder();
    await using server = await startServer({ dataDir: folder.path });
    const { accessToken } = await server.signIn('admin');
    const { restaurants } = server.client(accessToken);
    await restaurants.create.mutate({ name: 'Big Lime', slug: 'big-lime' });
    const plant = (...args: string[]) =>
      command(['plant-staff', '--set', 'test', ...args], { dataDir: folder.path });

    const anywhere = await plant();
    const { output } = await plant('--restaurant', 'big-lime');
    const planted = plantedBy(output);
    const people = await signedIn(server, planted);

    expect(anywhere).toMatchObject({
      code: 1,
      output: 'There are several restaurants: name one with --restaurant <slug>.\n',
    });
    expect(people).toMatchObject([
      { phone: '1234567890', username: null, role: 'chef', place: 'Big Lime' },
      { phone: '0987654321', username: null, role: 'waiter', place: 'Big Lime' },
    ]);
    expect([...planted.values()].filter((password) => !PASSWORD.test(password))).toEqual([]);
  });

  test('leaves whoever has a name of theirs as they are, and makes the others', async () => {
    using folder = dataFolder();
    await using server = await startServer({ dataDir: folder.path });
    const own = { username: 'somebody', password: 'correct horse battery' };
    await server.client().auth.register.mutate({ ...own, email: 'headchef@restaurant.com' });

    const { output } = await command(['plant-staff', '--set', 'kitchen'], {
      dataDir: folder.path,
    });

    const skipped = [...plantedBy(output)].filter(([, told]) => told === SKIPPED);
    expect(skipped.map(([name]) => name)).toEqual(['headchef']);
    const login = { identifier: 'headchef@restaurant.com', password: own.password };
    expect((await server.client().auth.login.mutate(login)).user).toMatchObject({
      username: 'somebody',
      role: 'customer',
    });
  });

  test.each([
    [['--set', 'brigade'], '--set is all, kitchen or test.\n'],
    [['--set', 'toString'], '--set is all, kitchen or test.\n'],
    [['--role', 'chef'], "Unknown option '--role'\n"],
  ])('%j is answered with a sentence, and nothing is done', async (args, output) => {
    using folder = dataFolder();
    const dataDir = join(folder.path, 'untouched');

    const exit = await command(['plant-staff', ...args], { dataDir });

    expect(exit).toEqual({ code: 1, signal: null, output });
    expect(existsSync(dataDir)).toBe(false);
  });

  test('S3-15 needs a restaurant, by its name or at all', async () => {
    using folder = dataFolder();
    const args = ['plant-staff', '--restaurant', 'big-lime'];

    const named = await command(args, { dataDir: folder.path });
    const any = await command(['plant-staff'], { dataDir: folder.path });

    expect(named).toMatchObject({ code: 1, output: 'There is no restaurant big-lime.\n' });
    expect(any).toMatchObject({
      code: 1,
      output: 'There is no restaurant yet: start the server once.\n',
    });
  });

  test.each([
    ['plant-staff', 'nobody is made up here'],
    ['seed', 'no demo restaurant is planted here'],
  ])('D9 %s is refused in production, before anything is opened', async (name, why) => {
    using folder = dataFolder();
    const dataDir = join(folder.path, 'untouched');

    const exit = await command([name], { dataDir, env: await production() });

    expect(exit).toEqual({
      code: 1,
      signal: null,
      output: `This is a production server: ${why}.\n`,
    });
    expect(existsSync(dataDir)).toBe(false);
  });
});
