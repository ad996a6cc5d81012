import type { Client, ShiftView } from '@comanda/client';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { barriers, openSite, roomy, shot, type Site, sticksOut } from './site.ts';

const ZONE = 'Europe/Rome';

let site: Site;
beforeAll(async () => {
  site = await openSite();
  await roomy(site, ['manager', 'waiter']);
});
afterAll(() => site[Symbol.asyncDispose]());

describe('the planner', () => {
  test('plans a week by keyboard, refuses what overlaps, and publishes', async () => {
    await using visit = await site.visitAs('manager', '/office/shifts');
    const { page } = visit;
    await goToWeek(page, mondayIn(3));
    await addButton(page, 'Waiter', inWords(dayOf(mondayIn(3), 0))).focus();
    await page.keyboard.press('ArrowRight');
    expect(await focused(page)).toBe(`Add a shift for Waiter on ${inWords(dayOf(mondayIn(3), 1))}`);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'A new shift' }).waitFor();
    expect(await barriers(page)).toEqual([]);
    await fillTimes(page, '12:00', '20:00');
    await page.getByLabel('Until').press('Enter');
    await chip(page, /12:00–20:00.*Waiter/).waitFor();

    await addButton(page, 'Waiter', inWords(dayOf(mondayIn(3), 1))).click();
    await fillTimes(page, '19:00', '23:00');
    await page.getByRole('button', { name: 'Save as draft' }).click();
    await page.getByText(/Waiter works already: .*12:00–20:00/).waitFor();
    await shot(page, 'shifts refused in the sheet');
    await page.keyboard.press('Escape');
    await page
      .getByRole('gridcell')
      .getByText(/overlaps .*12:00–20:00/)
      .waitFor();
    await shot(page, 'shifts refused in the cell');
    expect(await barriers(page)).toEqual([]);

    expect(await shiftsOf(await site.client('waiter'), mondayIn(3))).toEqual([]);
    await page.getByRole('button', { name: 'Publish all 1' }).click();
    await page.getByRole('button', { name: 'All is published' }).waitFor();
    const [seen] = await shiftsOf(await site.client('waiter'), mondayIn(3));
    expect(seen?.startsAt).toEqual(at(dayOf(mondayIn(3), 1), '12:00'));
    expect(visit.complaints).toEqual([]);
  });

  test('changes, publishes some, copies and cancels', async () => {
    const manager = await site.client('manager');
    await plan(manager, 'chef', at(dayOf(mondayIn(4), 2), '10:00'));
    await plan(manager, 'chef', at(dayOf(mondayIn(4), 3), '10:00'));
    await plan(manager, 'chef', at(dayOf(mondayIn(5), 3), '16:00'));
    await using visit = await site.visitAs('manager', '/office/shifts', { dark: true });
    const { page } = visit;
    await goToWeek(page, mondayIn(4));

    await chip(page, inWords(dayOf(mondayIn(4), 2))).click();
    await page.getByLabel('Until').fill('02:00');
    await page.getByText('On the next day').waitFor();
    await page.getByLabel('Note').fill('The wedding');
    await page.getByRole('button', { name: 'Save' }).click();
    await chip(page, /10:00–02:00.*Chef/).waitFor();
    await page.getByRole('rowheader', { name: 'Chef 24 h', exact: true }).waitFor();

    await page.getByRole('button', { name: 'Choose drafts' }).click();
    await chip(page, /10:00–02:00.*Chef/).click();
    await page.getByRole('button', { name: 'Publish 1 chosen' }).click();
    await chip(page, 'published').waitFor();
    await shot(page, 'shifts a week, dark');
    expect(await barriers(page)).toEqual([]);

    await goToWeek(page, mondayIn(5));
    await page.getByRole('button', { name: 'Copy last week' }).click();
    const refused = page.getByRole('dialog', { name: 'Not copied' });
    await refused.getByText('another shift at that time').waitFor();
    await page.keyboard.press('Escape');
    await chip(page, /10:00–02:00.*Chef/).click();
    await page.getByRole('button', { name: 'Cancel this shift' }).click();
    await page.getByRole('button', { name: 'Cancel the shift' }).click();
    await chip(page, /10:00–02:00.*Chef/).waitFor({ state: 'detached' });
    expect(visit.complaints).toEqual([]);
  });

  test('counts the hours of a night in which clocks change', async () => {
    const { sunday, hours } = nextChange();
    await using visit = await site.visitAs('manager', '/office/shifts');
    const { page } = visit;
    await goToWeek(page, dayOf(sunday, -6));
    await addButton(page, 'Employee', inWords(sunday)).click();
    await fillTimes(page, '01:00', '09:00');
    await page.getByRole('button', { name: 'Save as draft' }).click();

    await chip(page, /01:00–09:00.*Employee/).waitFor();
    await page.getByRole('rowheader', { name: `Employee ${hours} h` }).waitFor();
    expect(visit.complaints).toEqual([]);
  });

  test('keeps a shift for which somebody has clocked in', async () => {
    const manager = await site.client('manager');
    const now = await manager.shifts.list.query({ from: new Date(), to: new Date() });
    const begun = now.items.find(({ name }) => name === 'Waiter');
    await using visit = await site.visitAs('manager', '/office/shifts');
    const { page } = visit;
    await goToWeek(page, mondayOf(begun?.startsAt ?? new Date()));
    await chip(page, new RegExp(`${timeOf(begun?.startsAt)}–${timeOf(begun?.endsAt)}.*Waiter`))
      .first()
      .click();
    await page.getByRole('button', { name: 'Cancel this shift' }).click();
    await page.getByRole('button', { name: 'Cancel the shift' }).click();

    await page.getByText('Waiter has clocked in for this shift').waitFor();
    await page.getByRole('alertdialog').waitFor({ state: 'detached' });
    expect(visit.complaints).toEqual([]);
  });

  test('is a list of days on a phone, and only to be read by a chef', async () => {
    await using phone = await site.visitAs('manager', '/office/shifts', { narrow: true });
    await goToWeek(phone.page, mondayIn(1));
    await phone.page.getByRole('region', { name: inWords(mondayIn(1)) }).waitFor();
    await phone.page.getByRole('region', { name: 'On now' }).getByText('Waiter').waitFor();
    await shot(phone.page, 'shifts narrow');
    expect(await sticksOut(phone.page)).toBe(false);
    expect(await barriers(phone.page)).toEqual([]);
    const add = phone.page.getByRole('button', { name: /^Add a shift on/ });
    await add.first().click();
    await phone.page.getByRole('dialog').waitFor();
    await shot(phone.page, 'shifts narrow sheet');
    expect(await sticksOut(phone.page)).toBe(false);

    await using visit = await site.visitAs('head_chef', '/office/shifts');
    await visit.page.getByRole('grid').waitFor();
    await visit.page.getByText('On now').waitFor();
    expect(await visit.page.getByRole('button', { name: /Publish|Add|Copy/ }).count()).toBe(0);
    expect(await visit.page.getByRole('link', { name: 'Timesheets' }).count()).toBe(0);
    expect([...phone.complaints, ...visit.complaints]).toEqual([]);
  });
});

describe('people', () => {
  test('are hired, given another role, and let go, as far as one may', async () => {
    await using visit = await site.visitAs('manager', '/office/people');
    const { page } = visit;
    await page.getByRole('button', { name: 'Hire somebody' }).click();
    await page.getByLabel('First name').fill('Nora');
    await page.getByLabel('User name').fill('waiter');
    await page.getByLabel('First password').fill('password1234');
    await page.getByLabel('Role').last().selectOption('employee');
    expect(await page.getByRole('option', { name: 'Admin' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Hire', exact: true }).click();
    await page.getByText('This password is too easy to guess.').waitFor();
    await page.getByLabel('First password').fill('four words of lemon');
    await page.getByRole('button', { name: 'Hire', exact: true }).click();
    await page.getByText('Somebody has that already.').waitFor();
    await shot(page, 'people hire');
    expect(await barriers(page)).toEqual([]);
    await page.getByLabel('User name').fill('nora');
    await page.getByRole('button', { name: 'Hire', exact: true }).click();

    await page.getByRole('button', { name: 'Open Nora' }).click();
    await page.getByLabel('Role').last().selectOption('waiter');
    await page.getByRole('button', { name: 'Change role' }).click();
    await page.getByText('Nora is Waiter now.').waitFor();
    await page.getByRole('button', { name: 'Issue a reset code' }).click();
    await page.getByText('Shown this once').waitFor();
    await shot(page, 'people one');
    expect(await barriers(page)).toEqual([]);

    await raise(site, 'nora', 'manager');
    await page.getByRole('button', { name: 'Deactivate' }).click();
    await page.getByRole('button', { name: 'Yes, deactivate' }).click();
    await page.getByText('Your role may not give, change or take the role Manager.').waitFor();
    await raise(site, 'nora', 'waiter');
    await page.getByRole('button', { name: 'Deactivate' }).click();
    await page.getByRole('button', { name: 'Yes, deactivate' }).click();
    await page.getByRole('button', { name: 'Bring back' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Open Nora' }).waitFor({ state: 'detached' });
    await page.getByLabel('Who').selectOption('other');
    await page.getByText('Works here no more', { exact: true }).waitFor();

    await page.getByRole('button', { name: 'Hire somebody' }).click();
    await page.getByLabel('Have they an account?').selectOption('yes');
    await page.getByLabel('Their name, e-mail or phone').fill('customer');
    await page.getByText('They see the invitation when they sign in').waitFor();
    await page.getByRole('button', { name: 'Invite', exact: true }).click();
    await page.getByText('Invited', { exact: true }).waitFor();
    expect(visit.complaints).toEqual([]);
  });

  test('are found, and told who may change them', async () => {
    await using visit = await site.visitAs('manager', '/office/people', {
      narrow: true,
      dark: true,
    });
    const { page } = visit;
    await page.getByText('On shift').first().waitFor();
    await shot(page, 'people narrow, dark');
    expect(await sticksOut(page)).toBe(false);
    expect(await barriers(page)).toEqual([]);
    await page.getByLabel('Search').fill('master');
    await page.getByRole('button', { name: 'Open Waiter' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Open Master Chef' }).click();
    await page.getByText('Your role may not change a Master Chef. Admin may.').waitFor();
    expect(await page.getByRole('button', { name: 'Deactivate' }).count()).toBe(0);
    await page.keyboard.press('Escape');
    await page.getByLabel('Search').fill('manager');
    await page.getByRole('button', { name: 'Open Manager' }).click();
    await page.getByText('This is you.').waitFor();
    expect(await sticksOut(page)).toBe(false);

    await using admin = await site.visitAs('admin', '/office/people');
    await admin.page.getByRole('button', { name: 'Open Manager' }).click();
    await admin.page.getByRole('button', { name: 'Deactivate' }).click();
    await admin.page.getByRole('button', { name: 'Yes, deactivate' }).click();
    await admin.page.getByText('This is the last Manager').waitFor();
    expect([...visit.complaints, ...admin.complaints]).toEqual([]);
  });
});

describe('timesheets', () => {
  test('are corrected by others, never by oneself, and kept as a file', async () => {
    await (await site.client('waiter')).shifts.clockOut.mutate({});
    await using visit = await site.visitAs('manager', '/office/timesheets');
    const { page } = visit;
    const today = new Date().toLocaleDateString('sv', { timeZone: ZONE });
    // Everybody of the demo came four hours ago.
    await goToWeek(page, mondayOf(new Date(Date.now() - 4 * 3_600_000)));
    const own = page.getByRole('region', { name: 'Manager', exact: true });
    await own.getByText('Nobody corrects their own cards').waitFor();
    expect(await own.getByRole('button').count()).toBe(0);
    await shot(page, 'timesheets');
    expect(await barriers(page)).toEqual([]);

    const waiter = page.getByRole('region', { name: 'Waiter', exact: true });
    await waiter.getByRole('button', { name: /^Correct/ }).click();
    const out = await page.getByLabel('Out at').inputValue();
    await page.getByLabel('Out on').fill(dayOf(today, 3));
    await page.getByLabel('Why').fill('The clock was wrong');
    await page.getByRole('dialog').getByRole('button', { name: 'Correct' }).click();
    await page.getByText('work that is still to come is not written down').waitFor();
    await page.getByLabel('Out on').fill(today);
    await page.getByLabel('Out at').fill(out);
    await page.getByRole('button', { name: 'Add a break' }).click();
    await fillBreak(page, await page.getByLabel('In at').inputValue());
    await shot(page, 'timesheets correct');
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: 'Correct' }).click();
    await waiter.getByText('Unpaid break').waitFor();
    await waiter.getByText('The clock was wrong').waitFor();

    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download CSV' }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/^timesheet-.*\.csv$/);
    const csv = await textOf(await file.createReadStream());
    expect(csv).toMatch(/^person,/);
    expect(csv).toMatch(/^Waiter,.*,yes$/m);
    expect(visit.complaints).toEqual([]);
  });

  test('fit on a phone in the dark', async () => {
    await using visit = await site.visitAs('manager', '/office/timesheets', {
      narrow: true,
      dark: true,
    });
    const { page } = visit;
    await page.getByRole('region', { name: 'Manager', exact: true }).waitFor();
    await shot(page, 'timesheets narrow, dark');
    expect(await sticksOut(page)).toBe(false);
    expect(await barriers(page)).toEqual([]);
    expect(visit.complaints).toEqual([]);
  });
});

async function raise(place: Site, username: string, role: 'manager' | 'waiter'): Promise<void> {
  const admin = await place.client('admin');
  const { items } = await admin.people.list.query({ search: username });
  await admin.people.setRole.mutate({ personId: items[0]?.id ?? '', role });
}

/** A break of the first quarter of an hour. */
async function fillBreak(page: Page, from: string): Promise<void> {
  const until = new Date(Date.parse(`2000-01-01T${from}Z`) + 900_000).toISOString().slice(11, 16);
  const first = page.getByRole('group', { name: 'Break 1' });
  await first.getByLabel('From').fill(from);
  await first.getByLabel('Until').fill(until);
}

async function textOf(stream: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

async function goToWeek(page: Page, monday: string): Promise<void> {
  const week = page.getByLabel('Week of');
  await week.waitFor();
  await week.fill(monday);
  const told = inWords(monday, 'short');
  await page.getByText(told).first().waitFor();
}

const addButton = (page: Page, name: string, on: string) =>
  page.getByRole('button', { name: `Add a shift for ${name} on ${on}` });

const chip = (page: Page, words: string | RegExp) =>
  page.locator('.shifts-chip').and(page.getByRole('button', { name: words }));

async function fillTimes(page: Page, from: string, to: string): Promise<void> {
  await page.getByLabel('From').fill(from);
  await page.getByLabel('Until').fill(to);
}

const focused = (page: Page) => page.evaluate('document.activeElement.ariaLabel');

async function shiftsOf(client: Client, monday: string): Promise<ShiftView[]> {
  const span = { from: at(monday, '00:00'), to: at(dayOf(monday, 7), '00:00') };
  return (await client.shifts.mine.query(span)).items;
}

/** A shift of eight hours. */
async function plan(manager: Client, who: string, startsAt: Date): Promise<void> {
  const { items } = await manager.people.list.query({ search: who });
  const personId = items.find(({ username }) => username === who)?.id ?? '';
  const endsAt = new Date(startsAt.getTime() + 8 * 3_600_000);
  await manager.shifts.schedule.mutate({ personId, startsAt, endsAt });
}

/** The Monday so many weeks from now, on the restaurant's calendar. */
function mondayIn(weeks: number): string {
  return dayOf(mondayOf(new Date()), weeks * 7);
}

function mondayOf(moment: Date): string {
  const today = moment.toLocaleDateString('sv', { timeZone: ZONE });
  return dayOf(today, -((new Date(today).getUTCDay() + 6) % 7));
}

function dayOf(day: string, later: number): string {
  return new Date(Date.parse(day) + later * 86_400_000).toISOString().slice(0, 10);
}

function timeOf(moment: Date | undefined): string {
  return moment?.toLocaleTimeString('en-GB', { timeStyle: 'short', timeZone: ZONE }) ?? '';
}

/** When the clock of the restaurant shows it: Rome is an hour ahead, in summer two. */
function at(day: string, time: string): Date {
  const inWinter = new Date(`${day}T${time}:00+01:00`);
  const isWinter = timeOf(inWinter) === time;
  return isWinter ? inWinter : new Date(`${day}T${time}:00+02:00`);
}

function inWords(day: string, length: 'long' | 'short' = 'long'): string {
  const options = { weekday: length, day: 'numeric', month: length, timeZone: 'UTC' } as const;
  return new Date(day).toLocaleDateString('en-GB', options);
}

/** The next Sunday on which Rome changes its clocks, and how long 01:00 to 09:00 is then. */
function nextChange(): { sunday: string; hours: number } {
  for (let sunday = dayOf(mondayIn(6), 6); ; sunday = dayOf(sunday, 7)) {
    const hours = (at(sunday, '09:00').getTime() - at(sunday, '01:00').getTime()) / 3_600_000;
    if (hours !== 8) return { sunday, hours };
  }
}
