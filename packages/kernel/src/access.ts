export const STAFF_ROLES = [
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
export const ROLES = ['customer', ...STAFF_ROLES] as const;
export const CALLERS = ['anonymous', ...ROLES] as const;

export type StaffRole = (typeof STAFF_ROLES)[number];
export type Role = (typeof ROLES)[number];
export type Caller = (typeof CALLERS)[number];
export type Capability = keyof typeof TABLE;

/** Whose rows: the caller's, those of the caller's restaurant, or those of every restaurant. */
export type Rows = 'own' | 'restaurant' | 'everywhere';

/** How far into those rows; what each word opens is told in docs/access.md. */
export type Extent =
  | 'all'
  | 'open'
  | 'assigned'
  | 'window'
  | 'before_cooking'
  | 'cooking'
  | 'card'
  | 'basic'
  | 'advanced'
  | 'top_secret'
  | 'kitchen'
  | 'break_glass';

export type Grant = Readonly<{
  allowed: true;
  rows: Rows;
  extent: Extent;
  onShift: boolean;
  /** Own rows as well, on the terms of the customer's cell and without a shift. */
  ownToo: boolean;
}>;
export type Cell = Grant | Readonly<{ allowed: false }>;

const no = { allowed: false } as const;
const yes = grant({});
const own = grant({ rows: 'own' });
const duty = grant({ onShift: true });
const open = grant({ extent: 'open' });
const job = grant({ extent: 'assigned' });
const run = grant({ extent: 'assigned', onShift: true });
const wait = grant({ extent: 'window', rows: 'own' });
const raw = grant({ extent: 'before_cooking', onShift: true });
const cook = grant({ extent: 'cooking' });
const card = grant({ extent: 'card' });
const base = grant({ extent: 'basic' });
const adv = grant({ extent: 'advanced' });
const top = grant({ extent: 'top_secret' });
const ownB = grant({ extent: 'basic', rows: 'own' });
const ownA = grant({ extent: 'advanced', rows: 'own' });
const kit = grant({ extent: 'kitchen' });
const glass = grant({ extent: 'break_glass' });

/** Columns in the order of CALLERS. A `no` for staff leaves them what a customer may do as owner. */
// prettier-ignore
const TABLE = {
  //                     an   cu    em    dc    wa    pc    ch    so    hd    ms    mg    ad
  'menu.read':           [yes, yes,  yes,  yes,  yes,  yes,  yes,  yes,  yes,  yes,  yes,  yes],
  'category.read':       [yes, yes,  yes,  yes,  yes,  yes,  yes,  yes,  yes,  yes,  yes,  yes],
  'hours.read':          [yes, yes,  yes,  yes,  yes,  yes,  yes,  yes,  yes,  yes,  yes,  yes],
  'book.read':           [yes, yes,  yes,  yes,  yes,  yes,  yes,  yes,  yes,  yes,  yes,  yes],
  'auth.register':       [yes, yes,  yes,  yes,  yes,  yes,  yes,  yes,  yes,  yes,  yes,  yes],
  'auth.login':          [yes, yes,  yes,  yes,  yes,  yes,  yes,  yes,  yes,  yes,  yes,  yes],

  'profile':             [no,  own,  own,  own,  own,  own,  own,  own,  own,  own,  own,  own],
  'session':             [no,  own,  own,  own,  own,  own,  own,  own,  own,  own,  own,  own],
  'quota.mine':          [no,  own,  own,  own,  own,  own,  own,  own,  own,  own,  own,  own],
  'permissions.mine':    [no,  own,  own,  own,  own,  own,  own,  own,  own,  own,  own,  own],
  'task':                [no,  own,  own,  own,  own,  own,  own,  own,  own,  own,  own,  own],
  'book.write':          [no,  own,  own,  own,  own,  own,  own,  own,  own,  own,  own,  own],
  'cart':                [no,  own,  own,  own,  own,  own,  own,  own,  own,  own,  own,  own],
  'order.place':         [no,  own,  own,  own,  own,  own,  own,  own,  own,  own,  own,  own],
  'reservation.request': [no,  own,  own,  own,  own,  own,  own,  own,  own,  own,  own,  own],

  'order.read':          [no,  own,  open, job,  open, open, open, open, yes,  yes,  yes,  yes],
  'order.take':          [no,  no,   no,   no,   duty, no,   no,   no,   no,   no,   yes,  yes],
  'order.cook':          [no,  no,   no,   no,   no,   no,   duty, duty, duty, duty, yes,  yes],
  'kitchen.manage':      [no,  no,   no,   no,   no,   no,   duty, duty, duty, duty, yes,  yes],
  'order.serve':         [no,  no,   no,   no,   duty, no,   no,   no,   no,   no,   yes,  yes],
  'bill.split':          [no,  no,   no,   no,   duty, no,   no,   no,   no,   no,   yes,  yes],
  'order.deliver':       [no,  no,   no,   run,  no,   no,   no,   no,   no,   no,   yes,  yes],
  'order.assign':        [no,  no,   no,   no,   no,   no,   no,   no,   no,   no,   yes,  yes],
  'order.cancel':        [no,  wait, no,   no,   raw,  no,   no,   no,   cook, cook, yes,  yes],
  'order.refund':        [no,  no,   no,   no,   no,   no,   no,   no,   no,   no,   yes,  yes],
  'order.discount':      [no,  no,   no,   no,   no,   no,   no,   no,   no,   no,   yes,  yes],
  'coupon':              [no,  no,   no,   no,   no,   no,   no,   no,   no,   no,   yes,  yes],

  'kitchen.status':      [no,  no,   yes,  yes,  yes,  yes,  yes,  yes,  yes,  yes,  yes,  yes],
  'menu.availability':   [no,  no,   no,   no,   no,   no,   duty, duty, yes,  yes,  yes,  yes],
  'menu.write':          [no,  no,   no,   no,   no,   no,   no,   no,   yes,  yes,  yes,  yes],
  'category.write':      [no,  no,   no,   no,   no,   no,   no,   no,   no,   no,   yes,  yes],
  'recipe.read':         [no,  no,   no,   no,   card, base, base, base, adv,  top,  base, adv],
  'recipe.write':        [no,  no,   no,   no,   no,   no,   no,   ownB, ownA, top,  no,   no],
  'vault.open':          [no,  no,   no,   no,   no,   no,   no,   no,   no,   yes,  no,   glass],
  'cellar.read':         [no,  no,   no,   no,   no,   no,   no,   no,   yes,  yes,  yes,  yes],
  'inventory.manage':    [no,  no,   no,   no,   no,   no,   yes,  yes,  yes,  yes,  yes,  yes],

  'table.read':          [no,  no,   yes,  no,   yes,  no,   no,   no,   no,   no,   yes,  yes],
  'reservation.read':    [no,  no,   yes,  no,   yes,  no,   no,   no,   no,   no,   yes,  yes],
  'table.manage':        [no,  no,   no,   no,   duty, no,   no,   no,   no,   no,   yes,  yes],
  'reservation.manage':  [no,  no,   no,   no,   duty, no,   no,   no,   no,   no,   yes,  yes],

  'shift.mine':          [no,  no,   own,  own,  own,  own,  own,  own,  own,  own,  own,  own],
  'clock':               [no,  no,   own,  own,  own,  own,  own,  own,  own,  own,  own,  own],
  'break':               [no,  no,   own,  own,  own,  own,  own,  own,  own,  own,  own,  own],
  'shift.schedule':      [no,  no,   no,   no,   no,   no,   no,   no,   no,   no,   yes,  yes],
  'timesheet.edit':      [no,  no,   no,   no,   no,   no,   no,   no,   no,   no,   yes,  yes],
  'staff.read':          [no,  no,   no,   no,   no,   no,   no,   no,   yes,  yes,  yes,  yes],
  'staff.create':        [no,  no,   no,   no,   no,   no,   no,   no,   yes,  yes,  yes,  yes],
  'staff.role':          [no,  no,   no,   no,   no,   no,   no,   no,   yes,  yes,  yes,  yes],
  'audit.read':          [no,  no,   no,   no,   no,   no,   no,   no,   no,   kit,  yes,  yes],

  'report.read':         [no,  no,   no,   no,   no,   no,   no,   no,   no,   no,   yes,  yes],
  'import':              [no,  no,   no,   no,   no,   no,   no,   no,   no,   no,   yes,  yes],
  'export':              [no,  no,   no,   no,   no,   no,   no,   no,   no,   no,   yes,  yes],
  'webhook':             [no,  no,   no,   no,   no,   no,   no,   no,   no,   no,   yes,  yes],
  'settings':            [no,  no,   no,   no,   no,   no,   no,   no,   no,   no,   yes,  yes],
  'restaurant.create':   [no,  no,   no,   no,   no,   no,   no,   no,   no,   no,   no,   yes],
  'user.deactivate':     [no,  no,   no,   no,   no,   no,   no,   no,   no,   no,   no,   yes],
  'quota.set':           [no,  no,   no,   no,   no,   no,   no,   no,   no,   no,   no,   yes],
  'console':             [no,  no,   no,   no,   no,   no,   no,   no,   no,   no,   no,   yes],
} satisfies Record<string, Row>;

type Row<Columns extends readonly unknown[] = typeof CALLERS> = { [C in keyof Columns]: Cell };

export const CAPABILITIES = Object.keys(TABLE) as readonly Capability[];

const cells = new Map<string, ReadonlyMap<string, Cell>>(
  Object.entries(TABLE).map(([capability, row]) => [
    capability,
    new Map(CALLERS.map((caller) => [caller, effective(row, caller)])),
  ]),
);

/** What the table does not name is closed, to everyone. */
export function cellOf(caller: Caller, capability: Capability): Cell {
  return cells.get(capability)?.get(caller) ?? no;
}

export function holds(
  caller: Caller,
  capability: Capability,
  when: (cell: Grant) => boolean = () => true,
): boolean {
  const cell = cellOf(caller, capability);
  return cell.allowed && when(cell);
}

export function capabilitiesOf(caller: Caller): Capability[] {
  return CAPABILITIES.filter((capability) => holds(caller, capability));
}

/** Staff also hold the customer's own-row rights: a chef may cancel a dinner of their own. */
function effective(row: Row, caller: Caller): Cell {
  const [toAnyone, toCustomer] = row;
  const given: Cell = row[CALLERS.indexOf(caller)] ?? no;
  const isStaff = caller !== 'anonymous' && caller !== 'customer';
  const ownToo = isStaff && isOwn(toCustomer) && !isOwn(given);
  if (!given.allowed) return ownToo ? toCustomer : no;
  const everywhere = given.rows === 'restaurant' && (toAnyone.allowed || caller === 'admin');
  return { ...given, ownToo, rows: everywhere ? 'everywhere' : given.rows };
}

function isOwn(cell: Cell): boolean {
  return cell.allowed && cell.rows === 'own';
}

function grant(terms: Partial<Grant>): Grant {
  return {
    allowed: true,
    rows: 'restaurant',
    extent: 'all',
    onShift: false,
    ownToo: false,
    ...terms,
  };
}
