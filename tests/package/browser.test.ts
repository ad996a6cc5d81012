import { MINUTE } from '@comanda/kernel/time';
import { PASSWORD } from '@comanda/testing/given';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { openApp } from '../app.ts';
import { newLab } from '../lab/lab.procedures.ts';
import { findChromium } from './chromium.ts';
import { servePages } from './pages.ts';

let browser: Browser;

beforeAll(async () => {
  const executablePath = findChromium() ?? '';
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
});
afterAll(() => browser.close());

/** The service, and pages of another origin that it lets in. */
async function opened(session: 'memory' | 'local' | 'cookie', isLetIn = true) {
  const lab = newLab();
  const pages = await servePages(inject('npm'));
  const corsOrigins = isLetIn ? [pages.origin] : [];
  const app = await openApp({ lab: lab.procedures, config: { corsOrigins } });
  const api = await app.listen();
  const context = await browser.newContext();
  const sent: string[] = [];
  context.on('request', (request) => {
    if (request.method() !== 'OPTIONS') sent.push(new URL(request.url()).pathname);
  });
  return {
    app,
    lab,
    context,
    refreshes: () => sent.filter((path) => path === '/trpc/auth.refresh').length,
    /** A tab with a client in it. */
    tab: async () => {
      const page = await context.newPage();
      await page.goto(`${pages.origin}/?${String(new URLSearchParams({ api, session }))}`);
      return page;
    },
    [Symbol.asyncDispose]: async () => {
      await context.close();
      await app[Symbol.asyncDispose]();
      await pages[Symbol.asyncDispose]();
    },
  };
}

const SIGN_IN = `comanda.auth.login.mutate({ identifier: 'waiter', password: '${PASSWORD}' })`;
const WHO = `comanda.auth.session.query().then(({ user }) => user.username)`;

describe('in a browser, from another origin', () => {
  test('signs in, calls, streams and refreshes', async () => {
    await using shop = await opened('memory');
    const page = await shop.tab();

    await page.evaluate(SIGN_IN);
    const before = await page.evaluate(WHO);
    shop.app.clock.advance(16 * MINUTE);
    const after = await page.evaluate(`Promise.all([${WHO}, ${WHO}, ${WHO}])`);
    shop.lab.ticks.add(3);
    const heard = await page.evaluate('watched(3)');

    expect(before).toBe('waiter');
    expect(after).toEqual(['waiter', 'waiter', 'waiter']);
    expect(heard).toEqual([1, 2, 3]);
    expect(shop.refreshes()).toBe(1);
  });

  test('uploads a file and shows it in the page', async () => {
    await using shop = await opened('cookie');
    const page = await shop.tab();
    await page.evaluate(SIGN_IN);
    shop.app.clock.advance(16 * MINUTE);

    const shown = await page.evaluate('drawn(300, 200).then(sent).then(shown)');

    expect(shown).toEqual([300, 200]);
    expect(shop.refreshes()).toBe(1);
  });

  test('tells refusals as they are', async () => {
    await using shop = await opened('memory');
    const page = await shop.tab();

    const told = await page.evaluate(
      `${SIGN_IN.replace(PASSWORD, 'a wrong one')}.catch((error) => refusedWith(error, 'INVALID_CREDENTIALS'))`,
    );

    expect(told).toBe(true);
  });

  test('cannot reach a service that does not let the origin in, and says so', async () => {
    await using shop = await opened('memory', false);
    const page = await shop.tab();

    const because = await page.evaluate(`${SIGN_IN}.catch(({ details }) => details.because)`);

    expect(because).toBe('unreachable');
  });
});

describe('a session in localStorage', () => {
  test('S1-01 is refreshed once for three tabs', async () => {
    await using shop = await opened('local');
    const tabs = [await shop.tab(), await shop.tab(), await shop.tab()];
    await tabs[0]?.evaluate(SIGN_IN);
    shop.app.clock.advance(16 * MINUTE);

    const who = await Promise.all(
      tabs.map((tab) => tab.evaluate(`Promise.all([${WHO}, ${WHO}, ${WHO}])`)),
    );

    expect(who.flat()).toEqual(Array.from({ length: 9 }, () => 'waiter'));
    expect(shop.refreshes()).toBe(1);
  });

  test('is there after a reload, without a refresh', async () => {
    await using shop = await opened('local');
    const page = await shop.tab();
    await page.evaluate(SIGN_IN);

    await page.reload();

    expect(await page.evaluate(WHO)).toBe('waiter');
    expect(shop.refreshes()).toBe(0);
  });
});

describe('a session in a cookie', () => {
  test('is seen by no script', async () => {
    await using shop = await opened('cookie');
    const page = await shop.tab();

    await page.evaluate(SIGN_IN);
    const seen = await page.evaluate('document.cookie + JSON.stringify({ ...localStorage })');
    const [kept] = await shop.context.cookies();

    expect(kept).toMatchObject({ httpOnly: true, sameSite: 'Strict' });
    expect(seen).not.toContain(kept?.name);
    expect(seen).not.toContain(kept?.value);
    expect(seen).not.toMatch(/eyJ|cr_/);
  });

  test('is there after a reload', async () => {
    await using shop = await opened('cookie');
    const page = await shop.tab();
    await page.evaluate(SIGN_IN);

    await page.reload();

    expect(await page.evaluate(WHO)).toBe('waiter');
    expect(shop.refreshes()).toBe(1);
  });

  test('is refreshed once for three tabs, and ended in all of them', async () => {
    await using shop = await opened('cookie');
    const tabs = [await shop.tab(), await shop.tab(), await shop.tab()];
    await tabs[0]?.evaluate(SIGN_IN);
    shop.app.clock.advance(16 * MINUTE);

    const who = await Promise.all(tabs.map((tab) => tab.evaluate(WHO)));
    const refreshes = shop.refreshes();
    await tabs[1]?.evaluate('comanda.auth.logout.mutate()');
    const after = await Promise.all(
      tabs.map((tab) => tab.evaluate(`${WHO}.catch(({ reason }) => reason)`)),
    );

    expect(who).toEqual(['waiter', 'waiter', 'waiter']);
    expect(refreshes).toBe(1);
    expect(after).toEqual(['UNAUTHENTICATED', 'UNAUTHENTICATED', 'UNAUTHENTICATED']);
    expect(await shop.context.cookies()).toEqual([]);
  });
});
