import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Client, createClient, type Role } from '@comanda/client';
import axe from 'axe-core';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { dataFolder, type Server, startServer } from '../faults/server.ts';
import { findChromium } from '../package/chromium.ts';

const WIDE = { width: 1280, height: 860 };
const NARROW = { width: 390, height: 844 };
/** Where pictures of pages are put when somebody asks for them: WEB_SHOTS=/some/folder. */
const SHOTS = process.env['WEB_SHOTS'];

interface Look {
  narrow?: boolean;
  dark?: boolean;
}

/** What went wrong in a page without anybody pressing anything: scripts, policies, missing files. */
type Complaints = string[];

export interface Visit extends AsyncDisposable {
  page: Page;
  context: BrowserContext;
  complaints: Complaints;
}

/** A real server with the demo restaurant, and a real browser. */
export interface Site extends AsyncDisposable {
  server: Server;
  browser: Browser;
  /** A browser of somebody's own: nothing is kept from other visits. */
  visit(path: string, look?: Look): Promise<Visit>;
  /** The same, signed in through the sign-in page, as `waiter`, `chef`, `manager` … */
  visitAs(username: string, path: string, look?: Look): Promise<Visit>;
  /** A client who does from outside what the page should notice. */
  client(username: string): Promise<Client>;
}

export async function openSite(env: Record<string, string> = {}): Promise<Site> {
  const data = dataFolder();
  const server = await startServer({ dataDir: data.path, env });
  const executablePath = findChromium() ?? '';
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const visit = async (path: string, { narrow = false, dark = false }: Look = {}) => {
    const context = await browser.newContext({
      viewport: narrow ? NARROW : WIDE,
      colorScheme: dark ? 'dark' : 'light',
      locale: 'en-GB',
      reducedMotion: 'reduce',
      ...(narrow && { hasTouch: true, isMobile: true }),
    });
    const page = await context.newPage();
    const complaints = complaintsOf(page);
    await page.goto(server.url + path);
    return { page, context, complaints, [Symbol.asyncDispose]: () => context.close() };
  };
  return {
    server,
    browser,
    visit,
    visitAs: async (username, path, look) => {
      const visited = await visit(`/sign-in?to=${encodeURIComponent(path)}`, look);
      const { page } = visited;
      await page.getByLabel('Name, e-mail or phone').fill(username);
      await page.getByLabel('Password').fill(server.passwords[username] ?? '');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.waitForURL(server.url + path);
      return visited;
    },
    client: async (username) => {
      // A test is quicker than people are, and shares the budget of whoever it signs in with the page.
      const client = createClient({ url: server.url, onQuota: 'wait', deadlineMs: 60_000 });
      const password = server.passwords[username] ?? '';
      await client.auth.login.mutate({ identifier: username, password });
      return client;
    },
    [Symbol.asyncDispose]: async () => {
      await browser.close();
      await server[Symbol.asyncDispose]();
      data[Symbol.dispose]();
    },
  };
}

/** A test is a whole evening in a minute: these roles get a budget that it does not use up. */
export async function roomy(site: Site, roles: readonly Role[]): Promise<void> {
  const admin = await site.client('admin');
  for (const role of roles) {
    await admin.quotas.set.mutate({ role, reads: ['9000/min'], writes: ['9000/min'] });
  }
}

function complaintsOf(page: Page): Complaints {
  const complaints: Complaints = [];
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('console', (said) => {
    // A refusal is an answer: the browser calls every status from 400 on an error.
    const isRefusal = said.text().startsWith('Failed to load resource: the server responded');
    const isLost = said.text().includes('net::ERR_');
    if (said.type() === 'error' && !isRefusal && !isLost) complaints.push(said.text());
  });
  return complaints;
}

/** What axe finds against WCAG 2.2 AA, one line for each thing. */
export async function barriers(page: Page): Promise<string[]> {
  // What a click began is faint until it is over, and would be measured halfway.
  await page.locator('button[aria-busy="true"]').first().waitFor({ state: 'detached' });
  // Evaluated, not added as a script: the page lets in no script but its own.
  await page.evaluate(axe.source);
  const found = await page.evaluate(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
      .then(({ violations }) => violations.flatMap(({ id, help, nodes }) =>
        nodes.map(({ target, failureSummary }) => [id, help, target.join(' '), failureSummary].join(' | '))))`,
  );
  return found as string[];
}

/** Whether anything sticks out of the page, so that it has to be moved sideways. */
export async function sticksOut(page: Page): Promise<boolean> {
  return page.evaluate(
    'document.documentElement.scrollWidth > document.documentElement.clientWidth',
  );
}

/** A picture for whoever looks; without WEB_SHOTS nothing happens. */
export async function shot(page: Page, name: string): Promise<void> {
  if (SHOTS === undefined || SHOTS === '') return;
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: join(SHOTS, `${name}.png`) });
}
