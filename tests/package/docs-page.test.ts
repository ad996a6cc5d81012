import { PASSWORD } from '@comanda/testing/given';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openApp } from '../app.ts';
import { findChromium } from './chromium.ts';

const LOGIN = '.opblock-post:has([data-path="/auth/login"])';
const PEOPLE = '.opblock-get:has([data-path="/people"])';
const ANSWER = '.live-responses-table';

let browser: Browser;

beforeAll(async () => {
  const executablePath = findChromium() ?? '';
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
});
afterAll(() => browser.close());

interface Look {
  width?: number;
  colorScheme?: 'light' | 'dark';
  javaScriptEnabled?: boolean;
  at?: string;
}

/** The page of a running service, and all that the browser complained of. */
async function opened({ width = 1280, at = '/docs', ...look }: Look = {}) {
  const app = await openApp();
  const url = await app.listen();
  const context = await browser.newContext({ viewport: { width, height: 900 }, ...look });
  const page = await context.newPage();
  const complaints: string[] = [];
  const asked: string[] = [];
  page.on('console', (said) => complaints.push(said.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('requestfailed', (request) => complaints.push(request.url()));
  page.on('request', (request) => asked.push(request.url().replace(url, '')));
  await page.goto(`${url}${at}`);
  return {
    page,
    url,
    complaints,
    asked,
    [Symbol.asyncDispose]: async () => {
      await context.close();
      await app[Symbol.asyncDispose]();
    },
  };
}

/** Goes on with Tab until it is there, as who has no mouse does. */
async function tabTo(page: Page, selector: string): Promise<void> {
  const isThere = `document.activeElement.matches(${JSON.stringify(selector)})`;
  await page.locator(selector).first().waitFor();
  for (let left = 300; left > 0; left -= 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(isThere)) return;
  }
  throw new Error(`Tab never comes to ${selector}`);
}

async function press(page: Page, selector: string): Promise<void> {
  await tabTo(page, selector);
  await page.keyboard.press('Enter');
}

async function write(page: Page, selector: string, text: string): Promise<void> {
  await tabTo(page, selector);
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(text);
}

async function answerOf(page: Page, operation: string): Promise<{ status: string; body: string }> {
  const answer = page.locator(`${operation} ${ANSWER} tr.response`);
  const status = await answer.locator('.response-col_status').innerText();
  const body = await answer.locator('.highlight-code code').first().innerText();
  return { status: status.trim(), body };
}

function colourOf(property: 'color' | 'backgroundColor', selector: string): string {
  return `getComputedStyle(document.querySelector('${selector}')).${property}`;
}

describe('the page at /docs, in a browser', () => {
  test('lists every operation of the document, and asks nobody else for anything', async () => {
    await using docs = await opened();
    const { page } = docs;
    const { paths } = (await (await fetch(`${docs.url}/openapi.json`)).json()) as {
      paths: Record<string, Record<string, { operationId: string }>>;
    };
    const named = Object.values(paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId }) => operationId),
    );

    await page.locator('.opblock-tag').first().waitFor();
    // One after the other: with all of 130 open, Swagger UI loses parts of its list.
    const listed: string[] = [];
    for (const tag of await page.locator('button.expand-operation').all()) {
      await tag.click();
      await page.locator('.opblock').first().waitFor();
      listed.push(...(await page.locator('.opblock-summary-operation-id').allInnerTexts()));
      await tag.click();
      await page.locator('.opblock').first().waitFor({ state: 'detached' });
    }

    expect(new Set(listed.map((id) => id.replaceAll(/[^\w.]/g, '')))).toEqual(new Set(named));
    expect(listed).toHaveLength(named.length);
    expect(docs.asked.toSorted((a, b) => a.localeCompare(b))).toEqual([
      '/docs',
      '/docs/page.css',
      '/docs/page.js',
      '/docs/swagger-ui-bundle.js',
      '/docs/swagger-ui.css',
      '/openapi.json',
    ]);
    expect(docs.complaints).toEqual([]);
  });

  test('signs in, takes the token, calls, and keeps it nowhere: with nothing but a keyboard', async () => {
    await using docs = await opened();
    const { page } = docs;

    await press(page, '#operations-tag-auth button.expand-operation');
    await press(page, `${LOGIN} .opblock-summary-control`);
    const asked = JSON.stringify({ identifier: 'manager', password: PASSWORD });
    await write(page, `${LOGIN} textarea`, asked);
    await press(page, `${LOGIN} .execute`);
    const signedIn = await answerOf(page, LOGIN);
    const { accessToken } = JSON.parse(signedIn.body) as { accessToken: string };

    await press(page, '.auth-wrapper > .authorize');
    await page.locator('#auth-bearer-value:focus').waitFor(); // the dialog puts the cursor there
    await page.keyboard.insertText(accessToken);
    await page.keyboard.press('Enter');
    await page.locator('.auth-container .btn', { hasText: 'Logout' }).waitFor();
    await page.keyboard.press('Escape');

    await press(page, '#operations-tag-people button.expand-operation');
    await press(page, `${PEOPLE} .opblock-summary-control`);
    await press(page, `${PEOPLE} .execute`);
    const people = await answerOf(page, PEOPLE);
    const kept = await page.evaluate(
      'JSON.stringify([{ ...localStorage }, { ...sessionStorage }])',
    );

    expect(signedIn.status).toBe('200');
    expect(people.status).toBe('200');
    expect(people.body).toContain('"username": "manager"');
    expect(kept).toBe('[{},{}]');
    expect(docs.complaints).toEqual([]);
  });

  test('tells a refusal as the service does', async () => {
    await using docs = await opened({ at: '/docs#/people/people.list' });
    const { page } = docs;

    await page.locator(`${PEOPLE} .execute`).click();
    const refused = await answerOf(page, PEOPLE);

    expect(refused.status).toMatch(/^401/);
    expect(refused.body).toContain('UNAUTHENTICATED');
  });

  test('shows what stands behind the references of an operation', async () => {
    await using docs = await opened({ at: '/docs#/people/people.list' });
    const { page } = docs;
    const answers = page.locator(`${PEOPLE} .responses-table .response`);

    const example = await answers.first().locator('.highlight-code code').innerText();
    const told = await page.locator(`${PEOPLE} .responses-inner`).innerText();

    expect(JSON.parse(example)).toMatchObject({ items: [{ username: 'string' }] });
    expect(told).toContain('urn:comanda:TOKEN_INVALID');
    expect(told).not.toContain('$ref');
    expect(docs.complaints).toEqual([]);
  });

  test.each([
    { width: 1280, colorScheme: 'light', ground: 'rgb(255, 255, 255)', ink: 'rgb(59, 65, 81)' },
    { width: 1280, colorScheme: 'dark', ground: 'rgb(28, 32, 34)', ink: 'rgb(228, 230, 230)' },
    { width: 375, colorScheme: 'light', ground: 'rgb(255, 255, 255)', ink: 'rgb(59, 65, 81)' },
    { width: 375, colorScheme: 'dark', ground: 'rgb(28, 32, 34)', ink: 'rgb(228, 230, 230)' },
  ] as const)('fits into $width pixels, and is $colorScheme', async ({ ground, ink, ...look }) => {
    await using docs = await opened({ ...look, at: '/docs#/auth/auth.login' });
    const { page } = docs;

    await page.locator(`${LOGIN} textarea`).fill('{}'); // brings a button more
    const wide = await page.evaluate('document.documentElement.scrollWidth');
    const around = await page.evaluate(colourOf('backgroundColor', 'html'));
    const written = await page.evaluate(colourOf('color', '.swagger-ui .opblock-tag'));

    expect(wide).toBe(look.width);
    expect(around).toBe(ground);
    expect(written).toBe(ink);
  });

  test('without scripts says where the document is', async () => {
    await using docs = await opened({ javaScriptEnabled: false });

    const link = docs.page.getByRole('link', { name: '/openapi.json' });

    expect(await link.getAttribute('href')).toBe('/openapi.json');
  });
});
