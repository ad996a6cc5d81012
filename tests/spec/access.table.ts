import type { Procedures } from '@comanda/domains/procedures';
import { PASSWORD } from '@comanda/testing/given';

/**
 * Who may do what, written down a second time and by hand: never made from the kernel's table, which
 * it is there to check. A change here is a change of what was promised.
 */
export const CALLERS = [
  'anonymous',
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
] as const;
export type Caller = (typeof CALLERS)[number];
export type Role = Exclude<Caller, 'anonymous'>;
export const ROLES = CALLERS.filter((caller) => caller !== 'anonymous');

/** – no · ● yes · o own rows · s on shift · all other signs: how far, see EXTENTS. */
// prettier-ignore
const CELLS = {
  //                      an  cu   em   dc    wa   pc  ch  so  hd  ms  mg ad
  'menu.read':           '●   ●    ●    ●     ●    ●   ●   ●   ●   ●   ●  ●',
  'category.read':       '●   ●    ●    ●     ●    ●   ●   ●   ●   ●   ●  ●',
  'hours.read':          '●   ●    ●    ●     ●    ●   ●   ●   ●   ●   ●  ●',
  'book.read':           '●   ●    ●    ●     ●    ●   ●   ●   ●   ●   ●  ●',
  'auth.register':       '●   ●    ●    ●     ●    ●   ●   ●   ●   ●   ●  ●',
  'auth.login':          '●   ●    ●    ●     ●    ●   ●   ●   ●   ●   ●  ●',
  'profile':             '–   o    o    o     o    o   o   o   o   o   o  o',
  'session':             '–   o    o    o     o    o   o   o   o   o   o  o',
  'quota.mine':          '–   o    o    o     o    o   o   o   o   o   o  o',
  'permissions.mine':    '–   o    o    o     o    o   o   o   o   o   o  o',
  'task':                '–   o    o    o     o    o   o   o   o   o   o  o',
  'book.write':          '–   o    o    o     o    o   o   o   o   o   o  o',
  'cart':                '–   o    o    o     o    o   o   o   o   o   o  o',
  'order.place':         '–   o    o    o     o    o   o   o   o   o   o  o',
  'reservation.request': '–   o    o    o     o    o   o   o   o   o   o  o',
  'order.read':          '–   o    open asg   open open open open ● ●  ●  ●',
  'order.take':          '–   –    –    –     s    –   –   –   –   –   ●  ●',
  'order.cook':          '–   –    –    –     –    –   s   s   s   s   ●  ●',
  'kitchen.manage':      '–   –    –    –     –    –   s   s   s   s   ●  ●',
  'order.serve':         '–   –    –    –     s    –   –   –   –   –   ●  ●',
  'bill.split':          '–   –    –    –     s    –   –   –   –   –   ●  ●',
  'order.deliver':       '–   –    –    asg,s –    –   –   –   –   –   ●  ●',
  'order.assign':        '–   –    –    –     –    –   –   –   –   –   ●  ●',
  'order.cancel':        '–   o,w  –    –     e,s  –   –   –   k   k   ●  ●',
  'order.refund':        '–   –    –    –     –    –   –   –   –   –   ●  ●',
  'order.discount':      '–   –    –    –     –    –   –   –   –   –   ●  ●',
  'coupon':              '–   –    –    –     –    –   –   –   –   –   ●  ●',
  'kitchen.status':      '–   –    ●    ●     ●    ●   ●   ●   ●   ●   ●  ●',
  'menu.availability':   '–   –    –    –     –    –   s   s   ●   ●   ●  ●',
  'menu.write':          '–   –    –    –     –    –   –   –   ●   ●   ●  ●',
  'category.write':      '–   –    –    –     –    –   –   –   –   –   ●  ●',
  'recipe.read':         '–   –    –    –     c    b   b   b   a   t   b  a',
  'recipe.write':        '–   –    –    –     –    –   –   o,b o,a t   –  –',
  'vault.open':          '–   –    –    –     –    –   –   –   –   ●   –  g',
  'cellar.read':         '–   –    –    –     –    –   –   –   ●   ●   ●  ●',
  'inventory.manage':    '–   –    –    –     –    –   ●   ●   ●   ●   ●  ●',
  'table.read':          '–   –    ●    –     ●    –   –   –   –   –   ●  ●',
  'reservation.read':    '–   –    ●    –     ●    –   –   –   –   –   ●  ●',
  'table.manage':        '–   –    –    –     s    –   –   –   –   –   ●  ●',
  'reservation.manage':  '–   –    –    –     s    –   –   –   –   –   ●  ●',
  'shift.mine':          '–   –    o    o     o    o   o   o   o   o   o  o',
  'clock':               '–   –    o    o     o    o   o   o   o   o   o  o',
  'break':               '–   –    o    o     o    o   o   o   o   o   o  o',
  'shift.schedule':      '–   –    –    –     –    –   –   –   –   –   ●  ●',
  'timesheet.edit':      '–   –    –    –     –    –   –   –   –   –   ●  ●',
  'staff.read':          '–   –    –    –     –    –   –   –   ●   ●   ●  ●',
  'staff.create':        '–   –    –    –     –    –   –   –   ●   ●   ●  ●',
  'staff.role':          '–   –    –    –     –    –   –   –   ●   ●   ●  ●',
  'audit.read':          '–   –    –    –     –    –   –   –   –   kit ●  ●',
  'report.read':         '–   –    –    –     –    –   –   –   –   –   ●  ●',
  'import':              '–   –    –    –     –    –   –   –   –   –   ●  ●',
  'export':              '–   –    –    –     –    –   –   –   –   –   ●  ●',
  'webhook':             '–   –    –    –     –    –   –   –   –   –   ●  ●',
  'settings':            '–   –    –    –     –    –   –   –   –   –   ●  ●',
  'restaurant.create':   '–   –    –    –     –    –   –   –   –   –   –  ●',
  'user.deactivate':     '–   –    –    –     –    –   –   –   –   –   –  ●',
  'quota.set':           '–   –    –    –     –    –   –   –   –   –   –  ●',
  'console':             '–   –    –    –     –    –   –   –   –   –   –  ●',
};
export type Capability = keyof typeof CELLS;
export const CAPABILITIES = Object.keys(CELLS) as Capability[];

const EXTENTS: Record<string, string> = {
  open: 'open',
  asg: 'assigned',
  w: 'window',
  e: 'before_cooking',
  k: 'cooking',
  c: 'card',
  b: 'basic',
  a: 'advanced',
  t: 'top_secret',
  kit: 'kitchen',
  g: 'break_glass',
};

export interface Grant {
  rows: 'own' | 'restaurant' | 'everywhere';
  extent: string;
  onShift: boolean;
  ownToo: boolean;
}

/**
 * What a caller holds. Every staff role also holds the customer's rights on own rows: where the table
 * gives staff nothing they have the customer's cell, and beside a wider cell they have own rows too.
 */
export function grantOf(caller: Caller, capability: Capability): Grant | undefined {
  const own = signAt('customer', capability).split(',').includes('o');
  const sign = signAt(caller, capability);
  if (sign === '–') {
    return own && caller !== 'anonymous' ? read('customer', capability) : undefined;
  }
  const grant = read(caller, capability);
  const isStaff = caller !== 'anonymous' && caller !== 'customer';
  return { ...grant, ownToo: isStaff && own && grant.rows !== 'own' };
}

function read(caller: Caller, capability: Capability): Grant {
  const signs = signAt(caller, capability).split(',');
  const everywhere = caller === 'admin' || signAt('anonymous', capability) === '●';
  const [extent = '●'] = signs.filter((sign) => sign !== 'o' && sign !== 's');
  return {
    rows: signs.includes('o') ? 'own' : everywhere ? 'everywhere' : 'restaurant',
    extent: EXTENTS[extent] ?? 'all',
    onShift: signs.includes('s'),
    ownToo: false,
  };
}

const KNOWN = new Set(['–', '●', 'o', 's', ...Object.keys(EXTENTS)]);

function signAt(caller: Caller, capability: Capability): string {
  const row = CELLS[capability].split(/\s+/);
  const sign = row[CALLERS.indexOf(caller)];
  const legible =
    sign?.split(',').every((part) => KNOWN.has(part)) && row.length === CALLERS.length;
  if (!legible || sign === undefined) throw new Error(`The row ${capability} cannot be read.`);
  return sign;
}

/** Calls that ask for a cell of exactly that reach. */
export const EXTENT_OF: Partial<Record<string, Grant['extent']>> = {
  'recipes.vault': 'all',
  'recipes.breakGlass': 'break_glass',
};

/** What the inputs below name. */
export interface Ids {
  /** Spread it where a staff call may name another restaurant; empty: the caller's own. */
  at: { restaurantId?: string };
  /** Spread it where who belongs to no restaurant has to say which. */
  here: { restaurantId?: string };
  restaurantId: string;
  personId: string;
  categoryId: string;
  itemId: string;
  tableId: string;
  orderId: string;
  orderItemId: string;
  shiftId: string;
  cardId: string;
  recipeId: string;
  reservationId: string;
  taskId: string;
  bookId: string;
  sessionId: string;
  passId: string;
  refreshToken: string;
}
/** Far from every other shift. */
const FAR = new Date('2026-11-02T09:00:00Z');
const THEN = new Date(FAR.getTime() + 3_600_000);

/** A name is new on every call, so that two of a kind do not collide. */
type Given = Ids & { name: string };

type Opening = 'anyone' | 'signedIn' | Capability;
type Row<Input> = undefined extends Input
  ? [by: Opening, input?: (given: Given) => Input]
  : [by: Opening, input: (given: Given) => Input];

/** The smallest picture there is, as PNG. */
const PIXEL = new Blob([
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
]);

const NO_KEY = '0'.repeat(32);
/** By the clock of the tests. */
const TOMORROW = new Date('2026-06-02T18:00:00Z');

/** Every procedure: what opens it, and an input that it takes. One that is missing does not compile. */
// prettier-ignore
export const PROCEDURES: { [P in Path]: Row<InputOf<P>> } = {
  'auth.register': ['anyone', ({ name }) => ({ username: name, password: PASSWORD })],
  'auth.login': ['anyone', () => ({ identifier: 'waiter', password: PASSWORD })],
  'auth.refresh': ['anyone', ({ refreshToken }) => ({ refreshToken })],
  'auth.logout': ['anyone'],
  'auth.resetPassword': ['anyone', ({ name }) => ({ identifier: name, code: 'ABCD-EFGH-JKLM', newPassword: PASSWORD })],
  'auth.session': ['signedIn'],
  'auth.changePassword': ['signedIn', () => ({ password: PASSWORD, newPassword: `${PASSWORD} two` })],
  'auth.switchRestaurant': ['signedIn', ({ restaurantId }) => ({ restaurantId })],
  'auth.sessions.list': ['signedIn'],
  'auth.sessions.revoke': ['signedIn', ({ sessionId }) => ({ id: sessionId })],
  'auth.sessions.revokeOthers': ['signedIn'],
  'auth.passes.issue': ['signedIn', () => ({ label: 'Kitchen screen' })],
  'auth.passes.list': ['signedIn'],
  'auth.passes.revoke': ['signedIn', ({ passId }) => ({ id: passId })],

  // Before anybody is deactivated.
  'shifts.mine': ['shift.mine', ({ at }) => ({ ...at })],
  'shifts.list': ['staff.read', ({ at }) => ({ ...at })],
  'shifts.onNow': ['staff.read', ({ at }) => ({ ...at })],
  'shifts.schedule': ['shift.schedule', ({ at, personId }) => ({ ...at, personId, startsAt: FAR, endsAt: THEN })],
  'shifts.publish': ['shift.schedule', ({ at, shiftId }) => ({ ...at, shiftIds: [shiftId] })],
  'shifts.update': ['shift.schedule', ({ at, shiftId }) => ({ ...at, shiftId, note: 'Bar.' })],
  'shifts.cancel': ['shift.schedule', ({ at, shiftId }) => ({ ...at, shiftId })],
  'shifts.clockIn': ['clock', ({ at, name }) => ({ ...at, idempotencyKey: name })],
  'shifts.clockOut': ['clock', ({ at, name }) => ({ ...at, idempotencyKey: name })],
  'shifts.clockToggle': ['clock', ({ at, name }) => ({ ...at, idempotencyKey: name, expectedOnShift: false })],
  'shifts.startBreak': ['break', ({ at, name }) => ({ ...at, idempotencyKey: name })],
  'shifts.endBreak': ['break', ({ at, name }) => ({ ...at, idempotencyKey: name })],
  'shifts.timesheet': ['shift.mine', ({ at }) => ({ ...at })],
  'shifts.correct': ['timesheet.edit', ({ at, cardId }) => ({ ...at, cardId, reason: 'Late.' })],
  'shifts.watch': ['shift.mine', ({ at }) => ({ ...at })],

  'people.list': ['staff.read', ({ at }) => ({ ...at })],
  'people.show': ['staff.read', ({ at, personId }) => ({ ...at, personId })],
  'people.create': ['staff.create', ({ at, name }) => ({ ...at, username: name, password: PASSWORD, role: 'prep_cook' })],
  'people.setRole': ['staff.role', ({ at, personId }) => ({ ...at, personId, role: 'prep_cook' })],
  'people.setLevel': ['staff.role', ({ at, personId }) => ({ ...at, personId, level: 1 })],
  'people.deactivate': ['staff.role', ({ at, personId }) => ({ ...at, personId })],
  'people.reactivate': ['staff.role', ({ at, personId }) => ({ ...at, personId })],
  'people.issueResetCode': ['staff.role', ({ at, personId }) => ({ ...at, personId })],
  'people.deactivateAccount': ['user.deactivate', ({ at, personId }) => ({ ...at, personId })],

  'restaurants.list': ['anyone'],
  'restaurants.show': ['anyone', ({ restaurantId }) => ({ restaurantId })],
  'restaurants.create': ['restaurant.create', ({ name }) => ({ name })],
  'restaurants.update': ['settings', ({ at }) => ({ ...at, address: 'Via Roma 1' })],
  'restaurants.setHours': ['settings', ({ at }) => ({ ...at, hours: { weekly: { 1: [{ from: '12:00', to: '23:00' }] } } })],
  'restaurants.pause': ['settings', ({ at }) => ({ ...at, message: 'Back soon.' })],
  'restaurants.resume': ['settings', ({ at }) => ({ ...at })],

  'quotas.policy': ['anyone'],
  'quotas.mine': ['quota.mine'],
  'quotas.usage': ['report.read', ({ at }) => ({ ...at })],
  'quotas.set': ['quota.set', () => ({ role: 'prep_cook', writes: ['60/5min'] })],

  'menu.list': ['anyone', ({ restaurantId }) => ({ restaurantId })],
  'menu.show': ['anyone', ({ restaurantId, itemId }) => ({ restaurantId, itemId })],
  'menu.categories.list': ['anyone', ({ restaurantId }) => ({ restaurantId })],
  'menu.categories.create': ['category.write', ({ at, name }) => ({ ...at, title: name })],
  'menu.categories.update': ['category.write', ({ at, categoryId }) => ({ ...at, categoryId, position: 3 })],
  'menu.categories.remove': ['category.write', ({ at, categoryId }) => ({ ...at, categoryId })],
  'menu.items.create': ['menu.write', ({ at, name, categoryId }) => ({ ...at, name, categoryId, price: 900 })],
  'menu.items.update': ['menu.write', ({ at, itemId }) => ({ ...at, itemId, price: 950 })],
  'menu.items.remove': ['menu.write', ({ at, itemId }) => ({ ...at, itemId })],
  'menu.items.restore': ['menu.write', ({ at, itemId }) => ({ ...at, itemId })],
  'menu.items.setAvailability': ['menu.availability', ({ at, itemId }) => ({ ...at, itemId, available: false })],
  'menu.export': ['export', ({ at }) => ({ ...at })],
  'menu.import': ['import', ({ at, name }) => ({ ...at, categories: [{ slug: 'soups', title: name, position: 9, skipsKitchen: false }] })],
  'menu.items.setStock': ['inventory.manage', ({ at, itemId }) => ({ ...at, itemId, mode: 'count', left: 7 })],
  'menu.items.setPhoto': ['menu.write', ({ at, itemId }) => ({ ...at, itemId, pictureId: null })],

  'recipes.list': ['recipe.read', ({ at }) => ({ ...at })],
  'recipes.show': ['recipe.read', ({ at, recipeId }) => ({ ...at, recipeId })],
  'recipes.create': ['recipe.write', ({ at, name }) => ({ ...at, name })],
  'recipes.update': ['recipe.write', ({ at, recipeId }) => ({ ...at, recipeId, difficulty: 'hard' })],
  'recipes.remove': ['recipe.write', ({ at, recipeId }) => ({ ...at, recipeId })],
  'recipes.restore': ['recipe.write', ({ at, recipeId }) => ({ ...at, recipeId })],
  'recipes.vault': ['vault.open', ({ at }) => ({ ...at })],
  'recipes.breakGlass': ['vault.open', ({ at }) => ({ ...at, reason: 'Fire.' })],
  'recipes.cellar': ['cellar.read', ({ at }) => ({ ...at })],

  'audit.list': ['audit.read', ({ at }) => ({ ...at })],
  'reports.dashboard': ['report.read', ({ at }) => ({ ...at })],

  'tables.list': ['table.read', ({ at }) => ({ ...at })],
  'tables.create': ['table.manage', ({ at, name }) => ({ ...at, name, seatsMax: 4 })],
  'tables.update': ['table.manage', ({ at, tableId }) => ({ ...at, tableId, section: 'Terrace' })],
  'tables.remove': ['table.manage', ({ at, tableId }) => ({ ...at, tableId })],

  'cart.list': ['console', ({ at }) => ({ ...at })],
  'cart.open': ['anyone', ({ here }) => ({ ...here })],
  'cart.show': ['cart', ({ here }) => ({ ...here })],
  'cart.add': ['cart', ({ here, itemId }) => ({ ...here, itemId })],
  'cart.setQuantity': ['cart', ({ here }) => ({ ...here, key: NO_KEY, quantity: 0 })],
  'cart.remove': ['cart', ({ here }) => ({ ...here, key: NO_KEY })],
  'cart.clear': ['cart', ({ here }) => ({ ...here })],

  'orders.place': ['order.place', ({ here, name }) => ({ ...here, idempotencyKey: name, cartVersion: 0, type: 'pickup' })],
  'orders.take': ['order.take', ({ at, itemId, name }) => ({ ...at, idempotencyKey: name, lines: [{ itemId }] })],
  'orders.list': ['order.read', ({ here }) => ({ ...here })],
  'orders.show': ['order.read', ({ here, orderId }) => ({ ...here, orderId })],
  'orders.nextStates': ['order.read', ({ here, orderId }) => ({ ...here, orderId })],
  'orders.advance': ['order.read', ({ here, orderId }) => ({ ...here, orderId, expectedVersion: 1, to: 'served' })],
  'orders.assign': ['order.assign', ({ at, orderId, personId }) => ({ ...at, orderId, assigneeId: personId, expectedVersion: 1 })],
  'orders.claim': ['order.deliver', ({ at, orderId }) => ({ ...at, orderId })],
  'orders.recordPayment': ['order.serve', ({ at, orderId, name }) => ({ ...at, orderId, idempotencyKey: name, expectedVersion: 1, method: 'cash' })],
  'orders.refund': ['order.refund', ({ at, orderId, name }) => ({ ...at, orderId, idempotencyKey: name, expectedVersion: 1, amount: 1, reason: 'Cold.' })],
  'orders.discount': ['order.discount', ({ at, orderId }) => ({ ...at, orderId, expectedVersion: 1, discount: { bps: 500 }, reason: 'Late.' })],
  'orders.cancel': ['order.cancel', ({ here, orderId, name }) => ({ ...here, orderId, idempotencyKey: name, expectedVersion: 1 })],
  'orders.watch': ['order.read', ({ here, orderId }) => ({ ...here, orderId })],

  'kitchen.status': ['kitchen.status', ({ at }) => ({ ...at })],
  'kitchen.queue': ['order.cook', ({ at }) => ({ ...at })],
  'kitchen.startItem': ['order.cook', ({ at, orderItemId }) => ({ ...at, orderItemId })],
  'kitchen.finishItem': ['order.cook', ({ at, orderItemId }) => ({ ...at, orderItemId })],
  'kitchen.watch': ['order.cook', ({ at }) => ({ ...at })],
  'kitchen.recall': ['order.cook', ({ at, orderItemId }) => ({ ...at, orderItemId, reason: 'Raw.' })],

  'reservations.availability': ['anyone', ({ restaurantId }) => ({ restaurantId, date: '2026-06-03', party: 2 })],
  'reservations.request': ['reservation.request', ({ here, name }) => ({ ...here, idempotencyKey: name, startsAt: TOMORROW, party: 2 })],
  'reservations.cancel': ['reservation.request', ({ here, reservationId, name }) => ({ ...here, reservationId, idempotencyKey: name })],
  'reservations.mine': ['reservation.request', ({ here }) => ({ ...here })],
  'reservations.list': ['reservation.read', ({ at }) => ({ ...at })],
  'reservations.confirm': ['reservation.manage', ({ at, reservationId }) => ({ ...at, reservationId })],
  'reservations.seat': ['reservation.manage', ({ at, reservationId }) => ({ ...at, reservationId })],
  'reservations.complete': ['reservation.manage', ({ at, reservationId }) => ({ ...at, reservationId })],
  'reservations.noShow': ['reservation.manage', ({ at, reservationId }) => ({ ...at, reservationId })],

  'tasks.list': ['task'],
  'tasks.show': ['task', ({ taskId }) => ({ taskId })],
  'tasks.create': ['task', ({ at, name }) => ({ ...at, title: name })],
  'tasks.update': ['task', ({ taskId }) => ({ taskId, done: true })],
  'tasks.remove': ['task', ({ taskId }) => ({ taskId })],

  'books.list': ['anyone'],
  'books.show': ['anyone', ({ bookId }) => ({ bookId })],
  'books.create': ['book.write', ({ name }) => ({ title: name, author: name })],
  'books.update': ['book.write', ({ bookId }) => ({ bookId, description: 'Good.' })],
  'books.setCover': ['book.write', ({ bookId }) => ({ bookId, pictureId: null })],
  'books.remove': ['book.write', ({ bookId }) => ({ bookId })],

  'files.upload': ['signedIn', () => PIXEL],
  'profile.show': ['signedIn'],
  'profile.setAvatar': ['signedIn', () => ({ pictureId: null })],
  'profile.update': ['signedIn', ({ name }) => ({ bio: name })],
  // With a password that is not theirs: there are more calls to make.
  'profile.erase': ['signedIn', ({ name }) => ({ password: name })],

  'permissions.mine': ['signedIn'],
  'permissions.matrix': ['anyone'],
};

/** Signing in and out: whoever shows an old token there is answered as if they showed none. */
export const DOORS: readonly Path[] = [
  'auth.register',
  'auth.login',
  'auth.refresh',
  'auth.logout',
  'auth.resetPassword',
];

/** The keys to the account: a device pass does not open them. */
export const SESSION_ONLY: readonly Path[] = [
  'auth.changePassword',
  'auth.switchRestaurant',
  'auth.sessions.list',
  'auth.sessions.revoke',
  'auth.sessions.revokeOthers',
  'auth.passes.issue',
  'auth.passes.list',
  'people.issueResetCode',
  'profile.erase',
];

/**
 * Acts on what belongs to no restaurant: on an account, of which whoever may do it reaches everybody's, or
 * on a book, of which everybody sees whose it is.
 */
export const BEYOND_RESTAURANTS: readonly Path[] = [
  'people.deactivateAccount',
  'books.update',
  'books.setCover',
  'books.remove',
];

export const PATHS = Object.keys(PROCEDURES) as Path[];
export type Path = PathsIn<Procedures>;

interface Leaf {
  _def: { procedure: true };
}
type PathsIn<Routes> = {
  [K in keyof Routes & string]: Routes[K] extends Leaf ? K : `${K}.${PathsIn<Routes[K]>}`;
}[keyof Routes & string];

type InputOf<P extends string, Routes = Procedures> = P extends `${infer Head}.${infer Rest}`
  ? InputOf<Rest, Routes[Head & keyof Routes]>
  : Routes[P & keyof Routes] extends { _def: { $types: { input: infer Input } } }
    ? Input
    : never;
