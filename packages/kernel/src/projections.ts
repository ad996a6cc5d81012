import { CALLERS, capabilitiesOf, holds } from './access.ts';
import type { Caller, Capability, Extent, Grant, StaffRole } from './access.ts';

type Condition = (caller: Caller) => boolean;

const onShift = (cell: Grant) => cell.onShift;
const withinOneRestaurant = (cell: Grant) => cell.rows === 'restaurant';
const extent =
  (...words: Extent[]) =>
  (cell: Grant) =>
    words.includes(cell.extent);

const STAFF_FLAGS = {
  can_view_orders: (staff) => holds(staff, 'order.read', extent('open', 'all')),
  can_update_order_status: (staff) => holds(staff, 'order.cook') || holds(staff, 'order.serve'),
  can_view_menu: (staff) => holds(staff, 'menu.read'),
  can_manage_kitchen: (staff) => holds(staff, 'kitchen.manage'),
  can_view_reservations: (staff) => holds(staff, 'reservation.read'),
  can_manage_tables: (staff) => holds(staff, 'table.manage'),
  can_create_staff: (staff) => holds(staff, 'staff.create'),
  can_manage_menu: (staff) => holds(staff, 'menu.write'),
} satisfies Record<string, Condition>;

const LESSON_PERMISSIONS = {
  read_menu: (who) => holds(who, 'menu.read'),
  take_orders: (who) => holds(who, 'order.take'),
  read_recipes: (who) => holds(who, 'recipe.read', extent('basic', 'advanced', 'top_secret')),
  write_recipes: (who) => holds(who, 'recipe.write'),
  manage_inventory: (who) => holds(who, 'inventory.manage'),
  modify_menu: (who) => holds(who, 'menu.write'),
  manage_staff: (who) => holds(who, 'staff.create'),
  access_wine_cellar: (who) => holds(who, 'cellar.read'),
} satisfies Record<string, Condition>;

const PROJECT_PERMISSIONS = {
  read: (who) => holds(who, 'menu.read'),
  basic_write: (who) => holds(who, 'recipe.write', extent('basic')),
  write: (who) => holds(who, 'recipe.write', extent('advanced', 'top_secret')),
  delete: (who) => holds(who, 'recipe.write', withinOneRestaurant),
  secret_access: (who) => holds(who, 'vault.open', extent('all')),
  place_orders: (who) => holds(who, 'order.place'),
  take_orders: (who) => holds(who, 'order.take'),
  manage_orders: (who) =>
    holds(who, 'order.cook') && holds(who, 'order.cancel', extent('cooking', 'all')),
  manage_staff: (who) => holds(who, 'staff.create'),
} satisfies Record<string, Condition>;

export type StaffFlag = keyof typeof STAFF_FLAGS;
export type LessonPermission = keyof typeof LESSON_PERMISSIONS;
export type ProjectPermission = keyof typeof PROJECT_PERMISSIONS;

export function staffFlags(role: StaffRole): Record<StaffFlag, boolean> {
  const answers = Object.entries(STAFF_FLAGS).map(([flag, told]) => [flag, told(role)]);
  return Object.fromEntries(answers) as Record<StaffFlag, boolean>;
}

export function lessonPermissions(caller: Caller): LessonPermission[] {
  return wordsFor(caller, LESSON_PERMISSIONS);
}

export function projectPermissions(caller: Caller): ProjectPermission[] {
  return wordsFor(caller, PROJECT_PERMISSIONS);
}

function wordsFor<Word extends string>(caller: Caller, words: Record<Word, Condition>): Word[] {
  return (Object.keys(words) as Word[]).filter((word) => words[word](caller));
}

export function onShiftCapabilities(caller: Caller): Capability[] {
  return capabilitiesOf(caller).filter((capability) => holds(caller, capability, onShift));
}

/** Named sets of callers, each read off the table. */
export const GUARDS = {
  IsStaffMember: those((who) => holds(who, 'clock')),
  IsRestaurantStaff: those((who) => holds(who, 'kitchen.status', withinOneRestaurant)),
  IsOnShift: those((who) => onShiftCapabilities(who).length > 0),
  IsWaiter: those((who) => holds(who, 'order.serve', onShift)),
  IsChef: those((who) => holds(who, 'order.cook', onShift)),
  IsWaiterOrChef: those(
    (who) => holds(who, 'order.serve', onShift) || holds(who, 'order.cook', onShift),
  ),
  IsHeadChef: those((who) => holds(who, 'recipe.write', extent('advanced'))),
  IsHeadChefOrAbove: those((who) => holds(who, 'recipe.write', extent('advanced', 'top_secret'))),
  IsMasterChef: those((who) => holds(who, 'recipe.write', extent('top_secret'))),
  IsRestaurantManager: those((who) => holds(who, 'settings', withinOneRestaurant)),
  CanReadRecipes: those((who) => LESSON_PERMISSIONS.read_recipes(who)),
  CanModifyOwnRecipes: those((who) => holds(who, 'recipe.write')),
  CanAccessSecretRecipes: those((who) => PROJECT_PERMISSIONS.secret_access(who)),
} as const;

/** Guards that let more callers read than write. */
export const READ_ONLY_GUARDS = {
  IsChefOrReadOnly: {
    read: those((who) => holds(who, 'recipe.read')),
    write: those((who) => holds(who, 'recipe.write')),
  },
  IsAuthenticatedOrReadOnly: {
    read: those((who) => holds(who, 'book.read')),
    write: those((who) => holds(who, 'book.write')),
  },
  IsOwnerOrReadOnly: {
    read: those((who) => holds(who, 'book.read')),
    write: those((who) => holds(who, 'book.write', (cell) => cell.rows === 'own')),
  },
} as const;

export function lessonFlags(caller: Caller): { is_chef: boolean; can_access_recipes: boolean } {
  return {
    is_chef: READ_ONLY_GUARDS.IsChefOrReadOnly.write.includes(caller),
    can_access_recipes: GUARDS.CanReadRecipes.includes(caller),
  };
}

function those(condition: Condition): readonly Caller[] {
  return CALLERS.filter((caller) => condition(caller));
}
