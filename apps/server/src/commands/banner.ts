import type { Planted } from './demo.ts';

interface Told {
  url: string;
  planted: Planted | undefined;
  production: boolean;
  /** Whether the web app was built, and is served. */
  hasWeb: boolean;
}

/** What a person wants to know right after the start, and what to try first. */
export function banner({ url, planted, production, hasWeb }: Told): string {
  const pages = [`  Guests  ${url}`, `  Staff   ${url}/sign-in   (as waiter, chef, manager …)`];
  const places = [
    ...(hasWeb ? pages : []),
    `  API     ${url}/trpc`,
    `  Docs    ${url}/docs`,
    `  Health  ${url}/health`,
    `  Keys    ${url}/.well-known/jwks.json`,
  ];
  const parts = ['', `Comanda is open at ${url}`, '', ...places, ''];
  if (planted) parts.push(...peopleOf(planted), '');
  if (!production) parts.push(...firstSteps(url, planted), '');
  return parts.join('\n');
}

/** Who was planted, in lines. */
export function peopleOf({ restaurant, people }: Planted): string[] {
  const width = Math.max(...people.map(({ username }) => username.length));
  return [
    `${restaurant} has one person of every role. These passwords are shown this once and kept nowhere:`,
    '',
    ...people.map(({ username, password }) => `  ${username.padEnd(width)}  ${password}`),
  ];
}

function firstSteps(url: string, planted: Planted | undefined): string[] {
  const manager = planted?.people.find(({ role }) => role === 'manager');
  if (!manager) {
    return [
      'Try it:',
      '',
      `  curl -s '${url}/trpc/menu.list'`,
      '',
      'A forgotten password: `npm run comanda-server -- set-password manager`. Start over: `npm run demo:reset`.',
    ];
  }
  const { username: identifier, password } = manager;
  const body = JSON.stringify({ json: { identifier, password } });
  return [
    'Try it:',
    '',
    `  curl -s '${url}/trpc/auth.login' -H 'content-type: application/json' -d '${body}'`,
    '',
    'From TypeScript: save this here as try.ts, then `npm exec -c "node try.ts"`',
    '',
    `  import { createClient } from '@comanda/client';`,
    ``,
    `  const visitor = createClient({ url: '${url}' });`,
    `  const { accessToken } = await visitor.auth.login.mutate({`,
    `    identifier: '${identifier}',`,
    `    password: '${password}',`,
    `  });`,
    `  const manager = createClient({ url: '${url}', token: () => accessToken });`,
    `  console.log(await manager.people.list.query());`,
  ];
}
