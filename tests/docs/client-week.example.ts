// Shown in packages/client/README.md, and run against a real server by tests/package/story.test.ts.
// #region
import { createClient, refusedWith, safe } from '@comanda/client';

const url = 'http://localhost:4000';
const [password = ''] = process.argv.slice(2); // of the manager
const HOUR = 60 * 60_000;
const inHours = (hours: number) => new Date(Date.now() + hours * HOUR);

// A manager hires a waiter and plans a week: six hours a day from now on, five days.
const manager = createClient({ url });
await manager.auth.login.mutate({ identifier: 'manager', password });
const account = { username: `leo-${Date.now()}`, password: 'two plates and a tray' };
const leo = await manager.people.create.mutate({ ...account, firstName: 'Leo', role: 'waiter' });
const shiftIds: string[] = [];
for (const day of [0, 1, 2, 3, 4]) {
  const times = { startsAt: inHours(24 * day), endsAt: inHours(24 * day + 6) };
  const { id } = await manager.shifts.schedule.mutate({ personId: leo.id, ...times });
  shiftIds.push(id);
}
const twice = { personId: leo.id, startsAt: inHours(25), endsAt: inHours(26) };
const [, overlap] = await safe(manager.shifts.schedule.mutate(twice));
if (overlap && refusedWith(overlap, 'SHIFT_OVERLAP'))
  console.log('Planned twice:', overlap.message);
const { items: published } = await manager.shifts.publish.mutate({ shiftIds });
console.log(`${published.length} shifts published`);

// The waiter, on a phone: what asks for a shift says so, until they have clocked in.
const waiter = createClient({ url });
await waiter.auth.login.mutate({ identifier: account.username, password: account.password });
const { items: menu } = await waiter.menu.list.query({ search: 'focaccia', limit: 1 });
const lines = menu.map(({ id: itemId }) => ({ itemId }));
const [, early] = await safe(waiter.orders.take.mutate({ lines }));
if (early && refusedWith(early, 'OFF_SHIFT')) {
  const { nextShift } = early.details;
  console.log('Off shift; may clock in:', nextShift !== null && nextShift.clockInFrom < new Date());
}
const { message, shiftEndsAt } = await waiter.shifts.clockIn.mutate({});
console.log(message, 'until the shift ends:', shiftEndsAt !== null);
const taken = await waiter.orders.take.mutate({ lines });
console.log(`Order taken: ${taken.items[0]?.name}`);
await waiter.shifts.startBreak.mutate({ paid: true });
await waiter.shifts.endBreak.mutate({});
const { card } = await waiter.shifts.clockOut.mutate({});
console.log(`Clocked out after ${card.breaks.length} break`);

// A guest books a table for two, tomorrow; the waiter's colleague says yes.
const guest = createClient({ url });
const mia = { username: `mia-${Date.now()}`, password: 'a table by the window' };
await guest.auth.register.mutate({ ...mia, firstName: 'Mia' });
const date = inHours(24).toISOString().slice(0, 10);
const { items: starts } = await guest.reservations.availability.query({ date, party: 2 });
const start = starts.find(({ free }) => free);
if (!start) throw new Error('Everything is taken tomorrow.');
const booked = await guest.reservations.request.mutate({ startsAt: start.startsAt, party: 2 });
const { id: reservationId } = booked;
const { state } = await manager.reservations.confirm.mutate({ reservationId });
console.log(`A table for ${booked.party}: ${booked.state}, then ${state}`);

// At the end of the week, the payroll.
const { csv } = await manager.shifts.timesheet.query({ personId: leo.id, csv: true });
console.log(csv?.split('\r\n')[0]);
// #endregion
