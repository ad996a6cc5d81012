import { CALLERS, CAPABILITIES, cellOf, ROLES } from './access.ts';
import type { Caller, Capability, Cell, Extent } from './access.ts';
import { GRANTS, levelOf, mayGrant, recipeReach, ROLE_ALIASES, ROLE_TITLES } from './roles.ts';
import type { RecipeReach } from './roles.ts';

const SHORT: Record<Caller, string> = {
  anonymous: 'an',
  customer: 'cu',
  employee: 'em',
  delivery_crew: 'dc',
  waiter: 'wa',
  prep_cook: 'pc',
  chef: 'ch',
  sous_chef: 'so',
  head_chef: 'hd',
  master_chef: 'ms',
  manager: 'mg',
  admin: 'ad',
};

type Sign = [sign: string, meaning: string];

const PLAIN_SIGNS: Sign[] = [
  ['–', 'no'],
  ['●', "yes, in one's own restaurant; for an admin, in every restaurant"],
  ['o', 'own rows only'],
  ['s', 'only while on shift: clocked in and not on a break'],
];

const SIGNS: Record<Exclude<Extent, 'all'>, Sign> = {
  open: ['open', 'orders that are neither completed nor cancelled'],
  assigned: ['asg', 'deliveries assigned to the caller'],
  window: ['w', 'while the order is pending, or confirmed and placed at most 5 minutes ago'],
  before_cooking: ['e', 'early: until the kitchen starts cooking'],
  cooking: ['k', 'early, and while the kitchen is cooking'],
  card: ['c', 'the card of basic recipes: name, ingredients, allergens'],
  basic: ['b', 'basic recipes'],
  advanced: ['a', 'basic and advanced recipes'],
  top_secret: ['t', 'every recipe, top secret ones included'],
  kitchen: ['kit', 'actions of the kitchen'],
  break_glass: ['g', 'break-glass: needs a reason, is recorded and raises an alarm'],
};

const REACH_TITLES: Record<RecipeReach, string> = {
  none: '–',
  card: 'card',
  basic: 'basic',
  advanced: 'advanced',
  top_secret: 'top secret',
};

const MEANINGS: Record<Capability, string> = {
  'menu.read': 'look at the menu',
  'category.read': 'look at its categories',
  'hours.read': 'see opening hours and the current wait',
  'book.read': 'look at the books',
  'auth.register': 'open an account',
  'auth.login': 'sign in',
  profile: "see and change one's own profile",
  session: 'see and end own sessions and device passes',
  'quota.mine': "see one's own quotas",
  'permissions.mine': "see one's own permissions",
  task: 'keep a list of tasks',
  'book.write': 'add and change own books',
  cart: 'fill a cart',
  'order.place': 'order what is in the cart',
  'reservation.request': 'ask for a table, see and cancel own reservations',
  'order.read': 'see orders and what may happen to them next',
  'order.take': 'take an order for a table or a guest',
  'order.cook': 'confirm, cook, finish and recall orders',
  'kitchen.manage': 'run the kitchen queue',
  'order.serve': 'confirm, serve and complete orders, record payments',
  'bill.split': 'split a bill',
  'order.deliver': 'take deliveries out and complete them',
  'order.assign': 'assign deliveries to the crew',
  'order.cancel': 'cancel an order',
  'order.refund': 'refund a payment',
  'order.discount': 'give a discount',
  coupon: 'make and withdraw coupons',
  'kitchen.status': 'see how busy the kitchen is, in counts',
  'menu.availability': 'mark dishes sold out and available again',
  'menu.write': 'add, change and remove dishes',
  'category.write': 'add, change and remove categories',
  'recipe.read': 'read recipes',
  'recipe.write': 'write recipes',
  'vault.open': 'open the vault of top secret recipes',
  'cellar.read': 'look into the wine cellar',
  'inventory.manage': 'set stock',
  'table.read': 'see tables',
  'reservation.read': 'see reservations',
  'table.manage': 'seat, move and change tables',
  'reservation.manage': 'confirm, seat and close reservations',
  'shift.mine': 'see own shifts',
  clock: 'clock in and out',
  break: 'start and end a break',
  'shift.schedule': 'plan and publish shifts',
  'timesheet.edit': "correct time sheets, never one's own",
  'staff.read': 'see who works here and who is on shift',
  'staff.create': 'add people, to the roles that may be given',
  'staff.role': 'change and end roles that may be given',
  'audit.read': 'read the audit log',
  'report.read': 'read reports',
  import: 'import data',
  export: 'export data',
  webhook: 'set up webhooks',
  settings: 'change settings and opening hours, pause ordering',
  'restaurant.create': 'open a restaurant',
  'user.deactivate': 'deactivate an account',
  'quota.set': 'change quotas',
  console: 'use the admin console',
};

/** docs/access.md */
export function accessPage(): string {
  return `# Who may do what

What is not open to everyone needs a capability, such as \`order.take\`. A caller has one role in a
restaurant, and the role decides which capabilities come with it. A call without the capability it
needs is refused: UNAUTHENTICATED if nobody is signed in, OFF_SHIFT if only the shift is missing,
else FORBIDDEN.

## Roles

There are two ladders. The house is led by the manager and the admin, the kitchen by the head chef
and the master chef, and neither contains the other: a manager does not open the vault, a master
chef does not edit time sheets.

${roles()}

The level limits which recipes a person reads and writes: 5 reaches top secret, 4 advanced, 2 and 3
basic, 1 none. A manager may lower a person's level, never raise it above that of the role. Sous
and head chefs change the recipes they wrote, the master chef those of others too.

A role may also be sent under one of these names:

${aliases()}

## The table

One line for each capability, one column for each role, named by the two letters above; \`an\` is
anyone who has not signed in.

${table()}

${legend()}

Signs add up: \`e,s\` is early and on shift, \`o,b\` is own basic recipes. A row that is out of reach,
because it is someone else's or of another restaurant, answers NOT_FOUND. Staff are customers too:
on top of what the table says, they see the orders they placed themselves and may cancel them like
any customer. A visitor with a guest cart may fill it, place the order and follow it.

## Capabilities

${meanings()}

## Who may give roles

Who may give a role may also change and end it; a change needs both the old role and the new one.
Nobody changes their own role, and the last admin and the last manager cannot be removed.

${grants()}
`;
}

function roles(): string {
  const rows = ROLES.map((role) => [
    ROLE_TITLES[role],
    `\`${role}\``,
    SHORT[role],
    String(levelOf(role)),
    REACH_TITLES[recipeReach('recipe.read', role)],
    REACH_TITLES[recipeReach('recipe.write', role)],
  ]);
  return markdownTable(
    ['role', 'name', 'column', 'level', 'reads recipes', 'writes recipes'],
    rows,
  );
}

function aliases(): string {
  return Object.entries(ROLE_ALIASES)
    .map(([alias, role]) => `- \`${alias}\` is \`${role}\``)
    .join('\n');
}

function legend(): string {
  const rows = [...PLAIN_SIGNS, ...Object.values(SIGNS)];
  return markdownTable(['sign', 'meaning'], rows);
}

function table(): string {
  const rows = CAPABILITIES.map((capability) => [
    `\`${capability}\``,
    ...CALLERS.map((caller) => signOf(cellOf(caller, capability))),
  ]);
  return markdownTable(['capability', ...CALLERS.map((caller) => SHORT[caller])], rows);
}

function signOf(cell: Cell): string {
  if (!cell.allowed) return '–';
  const signs = [
    cell.rows === 'own' ? 'o' : '',
    cell.extent === 'all' ? '' : SIGNS[cell.extent][0],
    cell.onShift ? 's' : '',
  ];
  return signs.filter(Boolean).join(',') || '●';
}

function meanings(): string {
  const rows = CAPABILITIES.map((capability) => [`\`${capability}\``, MEANINGS[capability]]);
  return markdownTable(['capability', 'lets the caller'], rows);
}

function grants(): string {
  const givers = ROLES.filter((role) => GRANTS[role]);
  return markdownTable(
    ['role', ...givers.map((giver) => `${ROLE_TITLES[giver]} gives`)],
    ROLES.map((role) => [
      ROLE_TITLES[role],
      ...givers.map((giver) => (mayGrant(giver, role) ? '●' : '–')),
    ]),
  );
}

function markdownTable(head: string[], rows: string[][]): string {
  const lines = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...lines.map((cells) => width(cells[column]))));
  const line = (cells: string[]) =>
    `| ${widths.map((wide, column) => (cells[column] ?? '').padEnd(wide)).join(' | ')} |`;
  const rule = widths.map((wide) => '-'.repeat(wide));
  return [head, rule, ...rows].map(line).join('\n');
}

function width(text = ''): number {
  return Math.max(3, text.length);
}
