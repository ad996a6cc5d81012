import type { TestApp } from '@comanda/testing';
import { after, HOUR, MINUTE } from '@comanda/kernel/time';
import { tidyUp } from '@comanda/server/housekeeping';
import { describe, expect, test } from 'vitest';
import { inTurn, outcomeOf, parallel, tally } from '../auth/callers.ts';
import { joined } from '../auth/joining.ts';
import { auditOf } from '../auth/looking.ts';
import { openPatiently, untilAnswered } from '../orders/patience.ts';
import { atWork, cardsOf, idsAtWork } from '../shifts/working.ts';

/** The same answer, however often it was given. */
const different = (answers: unknown[]) => new Set(answers.map((one) => JSON.stringify(one))).size;

const told = (call: () => Promise<unknown>) => outcomeOf(untilAnswered(call));

/** A waiter who is on shift and signed in, so that nothing but the calls themselves is at once. */
async function onShift(app: TestApp) {
  const { waiter } = app.home.staff;
  await app.given.shift({ personId: waiter.id });
  const client = app.as(waiter);
  await client.permissions.mine.query();
  return { waiter, shifts: client.shifts };
}

describe('clocking in at once', () => {
  test('D4 D12-3 fifty times with keys of their own: one card, and 49 are told', async () => {
    await using app = await openPatiently();
    const { waiter, shifts } = await onShift(app);

    const outcomes = await parallel(50, () => told(() => shifts.clockIn.mutate({})));

    expect(tally(outcomes)).toEqual({ ok: 1, ALREADY_CLOCKED_IN: 49 });
    expect(await cardsOf(app, waiter)).toHaveLength(1);
    expect(await auditOf(app, 'shifts.clockIn')).toHaveLength(1);
  });

  test('D4 A12 fifty times with one key: one card, and fifty times its answer', async () => {
    await using app = await openPatiently();
    const { waiter, shifts } = await onShift(app);
    const said = { idempotencyKey: 'come-key-1' };

    const answers = await parallel(50, () => untilAnswered(() => shifts.clockIn.mutate(said)));

    expect(different(answers)).toBe(1);
    expect(await cardsOf(app, waiter)).toMatchObject([{ id: answers[0]?.card.id }]);
  });

  test('A12 S3-17 fifty toggles with one key: at work, once', async () => {
    await using app = await openPatiently();
    const { waiter, shifts } = await onShift(app);
    const said = { idempotencyKey: 'toggle-key', expectedOnShift: false };

    const answers = await parallel(50, () => untilAnswered(() => shifts.clockToggle.mutate(said)));

    expect(different(answers)).toBe(1);
    expect(await cardsOf(app, waiter)).toMatchObject([{ outAt: null, version: 1 }]);
  });

  test('A12 fifty toggles of both beliefs: whoever is told ok has turned what they believed', async () => {
    await using app = await openPatiently();
    const { waiter, shifts } = await onShift(app);

    const outcomes = await parallel(50, (at) =>
      told(() => shifts.clockToggle.mutate({ expectedOnShift: at % 2 === 1 })),
    );

    const [came = {}, went = {}] = [0, 1].map((odd) =>
      tally(outcomes.filter((_, at) => at % 2 === odd)),
    );
    const cards = await cardsOf(app, waiter);
    const open = cards.filter(({ outAt }) => outAt === null).length;
    const { ok: begun = 0, ALREADY_CLOCKED_IN: refused = 0 } = came;
    const { ok: ended = 0, NOT_CLOCKED_IN: idle = 0 } = went;
    expect([begun + refused, ended + idle]).toEqual([25, 25]);
    expect([begun, ended + open]).toEqual([cards.length, cards.length]);
    expect(open).toBeLessThanOrEqual(1);
  });

  test.each([1, 2, 3, 4])('D4 in two restaurants: at work in one (%i)', async () => {
    await using app = await openPatiently();
    const restaurantId = await app.given.restaurant();
    const { waiter } = app.home.staff;
    const hats = [waiter, await joined(app, waiter, { restaurantId, role: 'chef' })];
    const clients = hats.map((hat) => app.as(hat));
    await app.given.shift({ personId: waiter.id });
    await app.given.shift({ personId: waiter.id, restaurantId });
    await Promise.all(clients.map(({ permissions }) => permissions.mine.query()));

    const outcomes = await parallel(20, (at) =>
      told(async () => clients[at % 2]?.shifts.clockIn.mutate({})),
    );

    expect(tally(outcomes)).toEqual({ ok: 1, ALREADY_CLOCKED_IN: 19 });
    expect(await cardsOf(app, waiter)).toMatchObject([{ openFor: waiter.id }]);
  });

  test('D4 by themselves and by two managers: one lets them in', async () => {
    await using app = await openPatiently();
    const { waiter, shifts } = await onShift(app);
    const personId = waiter.id;
    const doors = [app.as('manager').shifts, app.as('admin').shifts];

    const outcomes = await parallel(30, (at) =>
      told(async () => {
        const manager = doors[at % 3];
        const letIn = { personId, reason: 'A full house.' };
        await (manager ? manager.clockIn.mutate(letIn) : shifts.clockIn.mutate({}));
      }),
    );

    expect(tally(outcomes)).toEqual({ ok: 1, ALREADY_CLOCKED_IN: 29 });
    expect(await cardsOf(app, waiter)).toHaveLength(1);
  });

  test('D4 after a card that was forgotten: it is closed once, and one is opened', async () => {
    await using app = await openPatiently();
    const { waiter } = app.home.staff;
    await atWork(app, waiter);
    app.clock.advance(12 * HOUR);
    const { shifts } = await onShift(app);

    const [outcomes] = await Promise.all([
      parallel(20, () => told(() => shifts.clockIn.mutate({}))),
      parallel(3, () => tidyUp(app.house)),
    ]);

    expect(tally(outcomes)).toEqual({ ok: 1, ALREADY_CLOCKED_IN: 19 });
    expect(await cardsOf(app, waiter)).toMatchObject([
      { flag: 'forgotten', version: 2, openFor: null },
      { openFor: waiter.id, flag: null },
    ]);
  });
});

describe('clocking out at once', () => {
  test('D4 thirty times: once, and 29 are told', async () => {
    await using app = await openPatiently();
    const { waiter, shifts } = await onShift(app);
    await shifts.clockIn.mutate({});
    app.clock.advance(MINUTE);

    const outcomes = await parallel(30, () => told(() => shifts.clockOut.mutate({})));

    expect(tally(outcomes)).toEqual({ ok: 1, NOT_CLOCKED_IN: 29 });
    expect(await cardsOf(app, waiter)).toMatchObject([{ version: 2, outAt: app.clock.now() }]);
    expect(await auditOf(app, 'shifts.clockOut')).toHaveLength(1);
  });

  test('D4 thirty breaks begun: one is on', async () => {
    await using app = await openPatiently();
    const { waiter, shifts } = await onShift(app);
    await shifts.clockIn.mutate({});

    const outcomes = await parallel(30, () => told(() => shifts.startBreak.mutate({})));

    expect(tally(outcomes)).toEqual({ ok: 1, BREAK_STATE: 29 });
    expect((await cardsOf(app, waiter))[0]?.breaks).toHaveLength(1);
  });

  test.each([1, 2, 3, 4])(
    'D4 while a break begins and a manager corrects: nothing is lost (%i)',
    async () => {
      await using app = await openPatiently();
      const { waiter, shifts } = await onShift(app);
      const { card } = await shifts.clockIn.mutate({});
      app.clock.advance(MINUTE);
      const manager = app.as('manager');
      await manager.permissions.mine.query();
      const [cardId, inAt] = [card.id, after(card.inAt, -MINUTE)];

      const [went, corrected, paused] = await Promise.all([
        told(() => shifts.clockOut.mutate({})),
        told(() => manager.shifts.correct.mutate({ cardId, inAt, reason: 'Was here before.' })),
        told(() => shifts.startBreak.mutate({ paid: true })),
      ]);

      const [kept] = await cardsOf(app, waiter);
      expect([went, corrected]).toEqual(['ok', 'ok']);
      expect(['ok', 'NOT_CLOCKED_IN']).toContain(paused);
      expect(kept).toMatchObject({ inAt, outAt: app.clock.now(), openFor: null });
      expect(kept?.breaks.map(({ endedAt }) => endedAt)).not.toContain(null);
      expect(kept?.breaks).toHaveLength(paused === 'ok' ? 1 : 0);
    },
  );

  test.each([1, 2, 3, 4])(
    'D4 two cards that are corrected towards each other never overlap (%i)',
    async () => {
      await using app = await openPatiently();
      const personId = app.home.staff.waiter.id;
      const ago = (hours: number) => after(app.clock.now(), -hours * HOUR);
      const early = await app.given.timecard({ personId, inAt: ago(9), outAt: ago(7) });
      const late = await app.given.timecard({ personId, inAt: ago(4), outAt: ago(2) });
      const [manager, admin] = [app.as('manager'), app.as('admin')];
      await Promise.all([manager.permissions.mine.query(), admin.permissions.mine.query()]);
      const reason = 'The clock was broken.';

      const outcomes = await Promise.all([
        told(() => manager.shifts.correct.mutate({ cardId: early, outAt: ago(5), reason })),
        told(() => admin.shifts.correct.mutate({ cardId: late, inAt: ago(6), reason })),
      ]);

      expect(tally(outcomes)).toEqual({ ok: 1, CARD_OVERLAP: 1 });
    },
  );
});

describe('leaving while clocking in', () => {
  test.each(['deactivate', 'deactivateAccount'] as const)(
    'D4 by %s: nobody who left is at work, whoever comes first',
    async (how) => {
      await using app = await openPatiently();
      const { people } = app.as('admin');
      await people.list.query();

      const rounds = await inTurn(12, async () => {
        const leaver = await app.given.person({ role: 'waiter' });
        await app.given.shift({ personId: leaver.id });
        const { shifts, permissions } = app.as(leaver);
        await permissions.mine.query();
        const [came, left] = await Promise.all([
          told(() => shifts.clockIn.mutate({})),
          told(() => people[how].mutate({ personId: leaver.id })),
        ]);
        const cards = await cardsOf(app, leaver);
        return { came, left, cards: cards.map(({ flag, openFor }) => ({ flag, openFor })) };
      });

      const closed = [{ flag: 'deactivated', openFor: null }];
      const sound = rounds.filter(({ came, left, cards }) => {
        const refused = ['NOT_FOUND', 'TOKEN_INVALID'].includes(came);
        const asTold = came === 'ok' ? JSON.stringify(closed) : '[]';
        return left === 'ok' && (came === 'ok' || refused) && JSON.stringify(cards) === asTold;
      });
      expect(sound).toEqual(rounds);
      expect(await idsAtWork(app)).toEqual([]);
    },
  );
});
