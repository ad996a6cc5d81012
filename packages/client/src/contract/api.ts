// Made from the router by `npm run contract`; not to be changed by hand.
import type { Mutation, Query } from '../calls.ts';

/** Taken by `quotas.usage`. */
export interface AskUsage {
  limit?: number | undefined;
  restaurantId?: string | undefined;
}

/** A part of others. */
export type Caller = 'anonymous' | 'customer' | 'employee' | 'delivery_crew' | 'waiter' | 'prep_cook' | 'chef' | 'sous_chef' | 'head_chef' | 'master_chef' | 'manager' | 'admin';

/** A part of others. */
export type Capability = 'menu.read' | 'category.read' | 'hours.read' | 'book.read' | 'auth.register' | 'auth.login' | 'profile' | 'session' | 'quota.mine' | 'permissions.mine' | 'task' | 'book.write' | 'cart' | 'order.place' | 'reservation.request' | 'order.read' | 'order.take' | 'order.cook' | 'kitchen.manage' | 'order.serve' | 'bill.split' | 'order.deliver' | 'order.assign' | 'order.cancel' | 'order.refund' | 'order.discount' | 'coupon' | 'kitchen.status' | 'menu.availability' | 'menu.write' | 'category.write' | 'recipe.read' | 'recipe.write' | 'vault.open' | 'cellar.read' | 'inventory.manage' | 'table.read' | 'reservation.read' | 'table.manage' | 'reservation.manage' | 'shift.mine' | 'clock' | 'break' | 'shift.schedule' | 'timesheet.edit' | 'staff.read' | 'staff.create' | 'staff.role' | 'audit.read' | 'report.read' | 'import' | 'export' | 'webhook' | 'settings' | 'restaurant.create' | 'user.deactivate' | 'quota.set' | 'console';

/** Answered by `menu.categories.list`. */
export interface CategoryList {
  items: CategoryView[];
}

/** Answered by `menu.categories.create`, `menu.categories.update`. */
export interface CategoryView {
  id: string;
  slug: string;
  title: string;
  position: number;
  skipsKitchen: boolean;
  version: number;
}

/** Taken by `auth.changePassword`. */
export interface ChangePassword {
  password: string;
  newPassword: string;
}

/** Taken by `menu.categories.create`. */
export interface CreateCategory {
  restaurantId?: string | undefined;
  title: string;
  slug?: string | undefined;
  position?: number | undefined;
  skipsKitchen?: boolean | undefined;
}

/** Taken by `menu.items.create`. */
export interface CreateItem {
  restaurantId?: string | undefined;
  name: string;
  slug?: string | undefined;
  description?: string | undefined;
  categoryId: string;
  price: number;
  taxBps?: number | undefined;
  featured?: boolean | undefined;
  allergens?: string[] | undefined;
  station?: string | null | undefined;
  prepMinutes?: number | null | undefined;
  recipeId?: string | null | undefined;
  options?: OptionGroup[] | undefined;
  mealtimes?: Weekly | null | undefined;
}

/** Taken by `people.create`. */
export interface CreatePerson {
  restaurantId?: string | undefined;
  existing?: string | undefined;
  username?: string | undefined;
  email?: string | undefined;
  phone?: string | undefined;
  password?: string | undefined;
  firstName?: string | undefined;
  lastName?: string | undefined;
  role: RoleName;
  level?: number | undefined;
}

/** Taken by `restaurants.create`. */
export interface CreateRestaurant {
  name: string;
  slug?: string | undefined;
  address?: string | null | undefined;
  phone?: string | null | undefined;
  timeZone?: string | undefined;
  currency?: string | undefined;
}

/** Answered by `auth.resetPassword`, `auth.changePassword` … */
export interface Ended {
  ended: number;
}

/** Taken by `menu.export`. */
export interface ExportMenu {
  restaurantId?: string | undefined;
}

/** A part of others. */
export interface GrantView {
  capability: Capability;
  rows: 'own' | 'restaurant' | 'everywhere';
  extent: string;
  onShift: boolean;
  ownToo: boolean;
}

/** Taken by `menu.import`. */
export interface ImportMenu {
  restaurantId?: string | undefined;
  categories?: { slug: string; title: string; position: number; skipsKitchen: boolean }[] | undefined;
  items?: { name: string; slug: string; description: string; price: number; taxBps: number; featured: boolean; allergens: string[]; station: string | null; prepMinutes: number | null; options: OptionGroup[]; mealtimes: Weekly | null; category: string; available: boolean; stockMode: 'none' | 'count' | 'out'; stockLeft: number; stockLow: number }[] | undefined;
}

/** Answered by `menu.import`. */
export interface Imported {
  categories: { added: number; changed: number };
  items: { added: number; changed: number };
}

/** Taken by `auth.passes.issue`. */
export interface IssuePass {
  label: string;
}

/** Answered by `menu.list`. */
export interface ItemPage {
  items: ItemView[];
  nextCursor: string | null;
}

/** Answered by `menu.show`, `menu.items.create` … */
export interface ItemView {
  id: string;
  category: { id: string; slug: string; title: string };
  name: string;
  slug: string;
  description: string;
  price: number;
  taxBps: number;
  featured: boolean;
  available: boolean;
  stock: 'plenty' | 'low' | 'out';
  now: Orderability;
  allergens: string[];
  prepMinutes: number | null;
  photoId: string | null;
  options: OptionGroup[];
  mealtimes: Weekly | null;
  version: number;
  staff: { station: string | null; recipeId: string | null; stockMode: 'none' | 'count' | 'out'; stockLeft: number; stockLow: number } | null;
}

/** Taken by `menu.categories.list`. */
export interface ListCategories {
  restaurantId?: string | undefined;
}

/** Taken by `menu.list`. */
export interface ListMenu {
  restaurantId?: string | undefined;
  cursor?: string | undefined;
  limit?: number | undefined;
  search?: string | undefined;
  category?: string | undefined;
  priceMin?: number | undefined;
  priceMax?: number | undefined;
  featured?: boolean | undefined;
  available?: boolean | undefined;
  sort?: 'menu' | 'name' | 'price' | '-price' | undefined;
}

/** Taken by `people.list`. */
export interface ListPeople {
  restaurantId?: string | undefined;
  cursor?: string | undefined;
  limit?: number | undefined;
  search?: string | undefined;
  role?: RoleName | undefined;
  active?: boolean | undefined;
}

/** Taken by `restaurants.list`. */
export interface ListRestaurants {
  cursor?: string | undefined;
  limit?: number | undefined;
  search?: string | undefined;
}

/** Answered by `auth.logout`. */
export interface LoggedOut {
  ended: boolean;
}

/** Taken by `auth.login`. */
export interface Login {
  identifier: string;
  password: string;
  door?: 'customer' | 'staff' | undefined;
  restaurantId?: string | undefined;
}

/** Taken by `auth.logout`. */
export interface Logout {
  refreshToken?: string | undefined;
}

/** Answered by `menu.export`. */
export interface MenuFile {
  categories: { slug: string; title: string; position: number; skipsKitchen: boolean }[];
  items: { name: string; slug: string; description: string; price: number; taxBps: number; featured: boolean; allergens: string[]; station: string | null; prepMinutes: number | null; options: OptionGroup[]; mealtimes: Weekly | null; category: string; available: boolean; stockMode: 'none' | 'count' | 'out'; stockLeft: number; stockLow: number }[];
}

/** Taken by `menu.categories.remove`. */
export interface NameCategory {
  restaurantId?: string | undefined;
  categoryId: string;
}

/** Taken by `menu.show`, `menu.items.remove` … */
export interface NameItem {
  restaurantId?: string | undefined;
  itemId: string;
}

/** Taken by `people.show`, `people.deactivate` … */
export interface NamePerson {
  restaurantId?: string | undefined;
  personId: string;
}

/** A part of others. */
export interface NewHours {
  weekly: Weekly;
  exceptions?: Record<string, { from: string; to: string }[]> | undefined;
  lastOrderMinutes?: number | undefined;
}

/** A part of others. */
export interface OpenState {
  open: boolean;
  closesAt?: Date | undefined;
  lastOrderAt?: Date | undefined;
  opensAt?: Date | undefined;
  paused?: Pause | undefined;
}

/** A part of others. */
export interface OpeningHours {
  weekly: Weekly;
  exceptions: Record<string, { from: string; to: string }[]>;
  lastOrderMinutes: number;
}

/** A part of others. */
export interface OptionGroup {
  id: string;
  name: string;
  min: number;
  max: number;
  options: { id: string; name: string; priceDelta: number; available: boolean; maxQuantity: number }[];
}

/** A part of others. */
export interface Orderability {
  orderable: boolean;
  because?: 'OFF_MENU' | 'SOLD_OUT' | 'CLOSED' | 'PAUSED' | 'OFF_MENU_TIME' | undefined;
  until?: Date | undefined;
}

/** Answered by `permissions.mine`. */
export interface OwnPermissions {
  role: Role;
  title: string;
  level: number;
  grants: GrantView[];
  mayGive: Role[];
  staffFlags: Record<string, boolean> | null;
  isChef: boolean;
  permissions: string[];
  lessonPermissions: string[];
}

/** Answered by `quotas.mine`. */
export interface OwnQuotas {
  role: Role;
  read: QuotaStanding;
  write: QuotaStanding;
  scopes: QuotaStanding[];
  degraded: boolean;
  lastDay: UsageCounts;
}

/** Answered by `auth.passes.list`. */
export interface PassList {
  items: { id: string; label: string; createdAt: Date; expiresAt: Date; restaurant: { id: string; name: string } | null }[];
  nextCursor: string | null;
}

/** Answered by `auth.passes.issue`. */
export interface PassView {
  id: string;
  label: string;
  token: string;
  expiresAt: Date;
}

/** A part of others. */
export interface Pause {
  until: Date | null;
  message: string;
}

/** Taken by `restaurants.pause`. */
export interface PauseRestaurant {
  restaurantId?: string | undefined;
  expectedVersion?: number | undefined;
  until?: Date | null | undefined;
  message?: string | undefined;
}

/** Answered by `permissions.matrix`. */
export interface PermissionMatrix {
  roles: { role: Role; title: string; level: number; mayGive: Role[]; grants: GrantView[] }[];
  anonymous: GrantView[];
}

/** Answered by `people.list`. */
export interface PersonPage {
  items: PersonView[];
  nextCursor: string | null;
}

/** A part of others. */
export interface PersonUsage {
  reads: number;
  writes: number;
  refused: number;
  person: { id: string; name: string };
  role: Role;
}

/** Answered by `people.show`, `people.create` … */
export interface PersonView {
  id: string;
  username: string | null;
  email: string | null;
  phone: string | null;
  firstName: string;
  lastName: string;
  role: Role;
  title: string;
  level: number;
  hiredAt: Date;
  active: boolean;
  version: number;
}

/** Answered by `quotas.policy`. */
export interface QuotaPolicies {
  preset: 'service' | 'strict';
  anonymous: RoleQuotas;
  roles: { read: QuotaPolicy; write: QuotaPolicy; role: Role }[];
  scopes: { name: string; windows: { name: string; limit: number; windowMs: number }[]; per: string; failuresOnly: boolean; enforced: boolean }[];
}

/** A part of others. */
export interface QuotaPolicy {
  name: string;
  windows: { name: string; limit: number; windowMs: number }[];
}

/** A part of others. */
export interface QuotaStanding {
  name: string;
  windows: { name: string; limit: number; windowMs: number; remaining: number; resetAt: Date | null }[];
}

/** Answered by `quotas.set`. */
export interface QuotasSet {
  read: QuotaPolicy;
  write: QuotaPolicy;
  role: Caller;
}

/** Taken by `auth.refresh`. */
export interface Refresh {
  refreshToken?: string | undefined;
}

/** Taken by `auth.register`. */
export interface Register {
  username?: string | undefined;
  email?: string | undefined;
  phone?: string | undefined;
  password: string;
  firstName?: string | undefined;
  lastName?: string | undefined;
}

/** Answered by `menu.categories.remove`, `menu.items.remove`. */
export interface Removed {
  id: string;
}

/** Answered by `people.issueResetCode`. */
export interface ResetCodeView {
  code: string;
  expiresAt: Date;
}

/** Taken by `auth.resetPassword`. */
export interface ResetPassword {
  identifier: string;
  code: string;
  newPassword: string;
}

/** Answered by `restaurants.show`, `restaurants.create` … */
export interface RestaurantDetail {
  id: string;
  name: string;
  slug: string;
  address: string | null;
  phone: string | null;
  timeZone: string;
  currency: string;
  version: number;
  hours: OpeningHours | null;
  standing: OpenState;
}

/** Answered by `restaurants.list`. */
export interface RestaurantPage {
  items: RestaurantView[];
  nextCursor: string | null;
}

/** A part of others. */
export interface RestaurantView {
  id: string;
  name: string;
  slug: string;
  address: string | null;
  phone: string | null;
  timeZone: string;
  currency: string;
  version: number;
}

/** Taken by `restaurants.resume`. */
export interface ResumeRestaurant {
  restaurantId?: string | undefined;
  expectedVersion?: number | undefined;
}

/** Taken by `auth.sessions.revoke`, `auth.passes.revoke`. */
export interface Revoke {
  id: string;
}

/** A part of others. */
export type Role = 'customer' | 'employee' | 'delivery_crew' | 'waiter' | 'prep_cook' | 'chef' | 'sous_chef' | 'head_chef' | 'master_chef' | 'manager' | 'admin';

/** A part of others. */
export type RoleName = 'customer' | 'employee' | 'delivery_crew' | 'waiter' | 'prep_cook' | 'chef' | 'sous_chef' | 'head_chef' | 'master_chef' | 'manager' | 'admin' | 'master' | 'head' | 'sous' | 'line_cook' | 'delivery-crew';

/** A part of others. */
export interface RoleQuotas {
  read: QuotaPolicy;
  write: QuotaPolicy;
}

/** A part of others. */
export interface RoleUsage {
  reads: number;
  writes: number;
  refused: number;
  role: Caller;
}

/** Answered by `auth.sessions.list`. */
export interface SessionList {
  items: { id: string; current: boolean; createdAt: Date; lastUsedAt: Date; expiresAt: Date; userAgent: string | null; address: string | null; restaurant: { id: string; name: string } | null }[];
  nextCursor: string | null;
}

/** Answered by `auth.session`. */
export interface SessionView {
  user: UserView;
  title: string;
  isChef: boolean;
  capabilities: string[];
  via: 'session' | 'pass';
  id: string;
  expiresAt: Date;
}

/** Taken by `menu.items.setAvailability`. */
export interface SetAvailability {
  restaurantId?: string | undefined;
  itemId: string;
  optionId?: string | undefined;
  available: boolean;
}

/** Taken by `restaurants.setHours`. */
export interface SetHours {
  restaurantId?: string | undefined;
  expectedVersion?: number | undefined;
  hours: NewHours | null;
}

/** Taken by `people.setLevel`. */
export interface SetLevel {
  restaurantId?: string | undefined;
  personId: string;
  level: number | null;
}

/** Taken by `quotas.set`. */
export interface SetQuota {
  role: Caller;
  reads?: string[] | null | undefined;
  writes?: string[] | null | undefined;
}

/** Taken by `people.setRole`. */
export interface SetRole {
  restaurantId?: string | undefined;
  personId: string;
  role: RoleName;
}

/** Taken by `menu.items.setStock`. */
export interface SetStock {
  restaurantId?: string | undefined;
  itemId: string;
  expectedVersion?: number | undefined;
  mode: 'none' | 'count' | 'out';
  left?: number | undefined;
  low?: number | undefined;
}

/** Taken by `restaurants.show`. */
export interface ShowRestaurant {
  restaurantId?: string | undefined;
}

/** Answered by `auth.register`, `auth.login` … */
export interface SignedInView {
  accessToken: string;
  refreshToken?: string | undefined;
  expiresAt: Date;
  user: UserView;
}

/** Taken by `auth.switchRestaurant`. */
export interface SwitchRestaurant {
  restaurantId: string | null;
}

/** Answered by `auth.switchRestaurant`. */
export interface SwitchedView {
  accessToken: string;
  expiresAt: Date;
  user: UserView;
}

/** Taken by `menu.categories.update`. */
export interface UpdateCategory {
  restaurantId?: string | undefined;
  categoryId: string;
  expectedVersion?: number | undefined;
  title?: string | undefined;
  slug?: string | undefined;
  position?: number | undefined;
  skipsKitchen?: boolean | undefined;
}

/** Taken by `menu.items.update`. */
export interface UpdateItem {
  restaurantId?: string | undefined;
  itemId: string;
  expectedVersion?: number | undefined;
  name?: string | undefined;
  slug?: string | undefined;
  description?: string | undefined;
  categoryId?: string | undefined;
  price?: number | undefined;
  taxBps?: number | undefined;
  featured?: boolean | undefined;
  allergens?: string[] | undefined;
  station?: string | null | undefined;
  prepMinutes?: number | null | undefined;
  recipeId?: string | null | undefined;
  options?: OptionGroup[] | undefined;
  mealtimes?: Weekly | null | undefined;
}

/** Taken by `restaurants.update`. */
export interface UpdateRestaurant {
  restaurantId?: string | undefined;
  expectedVersion?: number | undefined;
  name?: string | undefined;
  slug?: string | undefined;
  address?: string | null | undefined;
  phone?: string | null | undefined;
  timeZone?: string | undefined;
  currency?: string | undefined;
}

/** A part of others. */
export interface UsageCounts {
  reads: number;
  writes: number;
  refused: number;
}

/** Answered by `quotas.usage`. */
export interface UsageReport {
  since: Date;
  roles: RoleUsage[];
  people: PersonUsage[];
  visitors: RoleUsage[] | null;
}

/** A part of others. */
export interface UserView {
  id: string;
  username: string | null;
  email: string | null;
  phone: string | null;
  firstName: string;
  lastName: string;
  role: Role;
  level: number;
  restaurant: { id: string; name: string } | null;
  hiredAt: Date | null;
}

/** A part of others. */
export type Weekly = Partial<Record<'1' | '2' | '3' | '4' | '5' | '6' | '7', { from: string; to: string }[]>>;

/** What each refusal tells besides its code. */
export interface RefusalDetails {
  UPGRADE_REQUIRED: { yours: string; ours: string };
  VALIDATION: { issues: { path: string; message: string }[]; more: number };
  NOT_FOUND: { what: string };
  VERSION_CONFLICT: {};
  QUOTA_EXCEEDED: { retryAfterMs: number; scope: string; limit: number; resetAt: Date };
  OVERLOADED: { retryAfterMs: number };
  DB_BUSY: { retryAfterMs: number };
  DB_UNAVAILABLE: { retryAfterMs: number };
  STORAGE_FULL: { retryAfterMs: number };
  OUTCOME_UNKNOWN: { retryAfterMs: number };
  UNAUTHENTICATED: {};
  TOKEN_INVALID: {};
  FORBIDDEN: { capability: string };
  OFF_SHIFT: {};
  INVALID_CREDENTIALS: {};
  TOKEN_REUSED: {};
  ORIGIN_DENIED: {};
  NOT_STAFF: {};
  STAFF_PROFILE_MISSING: {};
  NAME_TAKEN: { field: 'username' | 'email' | 'phone' };
  PASSWORD_WEAK: { because: 'common' | 'contains_name' };
  CODE_INVALID: {};
  SESSION_REQUIRED: {};
  GRANT_REFUSED: { role: Role };
  OWN_ROLE: {};
  LAST_OF_ROLE: { role: Role };
  LEVEL_TOO_HIGH: { highest: number };
  ACCOUNT_INDEPENDENT: {};
  ALREADY_STAFF: {};
  SLUG_TAKEN: {};
  RESTAURANT_REQUIRED: {};
  MENU_SLUG_TAKEN: {};
  CATEGORY_IN_USE: { items: number };
}

type Always = 'UPGRADE_REQUIRED' | 'VALIDATION' | 'VERSION_CONFLICT' | 'QUOTA_EXCEEDED' | 'OVERLOADED' | 'DB_BUSY' | 'DB_UNAVAILABLE' | 'STORAGE_FULL' | 'OUTCOME_UNKNOWN' | 'TOKEN_INVALID';
type SignedIn = 'UNAUTHENTICATED' | Always;
type Allowed = 'NOT_FOUND' | 'FORBIDDEN' | 'OFF_SHIFT' | SignedIn;

/** Every call of the service. */
export interface Api {
  auth: {
    /** Makes an account and signs it in. Open to anyone. */
    register: Mutation<Register, SignedInView, 'NAME_TAKEN' | 'ORIGIN_DENIED' | 'PASSWORD_WEAK' | Always>;
    /** Signs in and starts a session. Open to anyone. */
    login: Mutation<Login, SignedInView, 'INVALID_CREDENTIALS' | 'NOT_STAFF' | 'ORIGIN_DENIED' | 'STAFF_PROFILE_MISSING' | Always>;
    /** Trades a refresh token for new tokens. Open to anyone. */
    refresh: Mutation<Refresh | void, SignedInView, 'ORIGIN_DENIED' | 'TOKEN_REUSED' | Always>;
    /** Ends the session. Open to anyone. */
    logout: Mutation<Logout | void, LoggedOut, 'ORIGIN_DENIED' | Always>;
    /** Sets a new password by a one-use code and ends every session. Open to anyone. */
    resetPassword: Mutation<ResetPassword, Ended, 'CODE_INVALID' | 'PASSWORD_WEAK' | Always>;
    /** Tells who is signed in, with which role and capabilities, and until when. Needs a sign-in. */
    session: Query<void, SessionView, SignedIn>;
    /** Changes the password and ends every other session. Needs a sign-in. */
    changePassword: Mutation<ChangePassword, Ended, 'INVALID_CREDENTIALS' | 'PASSWORD_WEAK' | 'SESSION_REQUIRED' | SignedIn>;
    /** Moves the session to another membership, or to none. Needs a sign-in. */
    switchRestaurant: Mutation<SwitchRestaurant, SwitchedView, 'SESSION_REQUIRED' | 'STAFF_PROFILE_MISSING' | SignedIn>;
    sessions: {
      /** Lists the sessions of the account. Needs a sign-in. */
      list: Query<void, SessionList, 'SESSION_REQUIRED' | SignedIn>;
      /** Ends one session of the account. Needs a sign-in. */
      revoke: Mutation<Revoke, Ended, 'NOT_FOUND' | 'SESSION_REQUIRED' | SignedIn>;
      /** Ends every session of the account but this one. Needs a sign-in. */
      revokeOthers: Mutation<void, Ended, 'SESSION_REQUIRED' | SignedIn>;
    };
    passes: {
      /** Issues a device pass; its token is told this once. Needs a sign-in. */
      issue: Mutation<IssuePass, PassView, 'SESSION_REQUIRED' | SignedIn>;
      /** Lists the device passes of the account. Needs a sign-in. */
      list: Query<void, PassList, 'SESSION_REQUIRED' | SignedIn>;
      /** Ends one device pass of the account. Needs a sign-in. */
      revoke: Mutation<Revoke, Ended, 'NOT_FOUND' | SignedIn>;
    };
  };
  people: {
    /** Lists the people of a restaurant. Needs `staff.read`. */
    list: Query<ListPeople | void, PersonPage, Allowed>;
    /** Shows one person of a restaurant. Needs `staff.read`. */
    show: Query<NamePerson, PersonView, Allowed>;
    /** Hires somebody, with a new account or one they have. Needs `staff.create`. */
    create: Mutation<CreatePerson, PersonView, 'ALREADY_STAFF' | 'GRANT_REFUSED' | 'LEVEL_TOO_HIGH' | 'NAME_TAKEN' | 'OWN_ROLE' | 'PASSWORD_WEAK' | Allowed>;
    /** Gives a person another role. Needs `staff.role`. */
    setRole: Mutation<SetRole, PersonView, 'GRANT_REFUSED' | 'LAST_OF_ROLE' | 'OWN_ROLE' | Allowed>;
    /** Lowers the level of a person, or lifts it back to that of the role. Needs `staff.role`. */
    setLevel: Mutation<SetLevel, PersonView, 'GRANT_REFUSED' | 'LEVEL_TOO_HIGH' | 'OWN_ROLE' | Allowed>;
    /** Ends a membership; its role works no more. Needs `staff.role`. */
    deactivate: Mutation<NamePerson, PersonView, 'GRANT_REFUSED' | 'LAST_OF_ROLE' | 'OWN_ROLE' | Allowed>;
    /** Brings a membership back. Needs `staff.role`. */
    reactivate: Mutation<NamePerson, PersonView, 'GRANT_REFUSED' | 'OWN_ROLE' | Allowed>;
    /** Issues a one-use code with which a person sets a new password. Needs `staff.role`. */
    issueResetCode: Mutation<NamePerson, ResetCodeView, 'ACCOUNT_INDEPENDENT' | 'GRANT_REFUSED' | 'OWN_ROLE' | 'SESSION_REQUIRED' | Allowed>;
    /** Closes an account everywhere and ends its sessions. Needs `user.deactivate`. */
    deactivateAccount: Mutation<NamePerson, Ended, 'LAST_OF_ROLE' | 'OWN_ROLE' | Allowed>;
  };
  restaurants: {
    /** Lists the restaurants. Open to anyone. */
    list: Query<ListRestaurants | void, RestaurantPage, Always>;
    /** Shows one restaurant, its hours, and whether it is open. Open to anyone. */
    show: Query<ShowRestaurant | void, RestaurantDetail, 'NOT_FOUND' | 'RESTAURANT_REQUIRED' | Always>;
    /** Opens a restaurant. Needs `restaurant.create`. */
    create: Mutation<CreateRestaurant, RestaurantDetail, 'SLUG_TAKEN' | Allowed>;
    /** Changes what is said about a restaurant. Needs `settings`. */
    update: Mutation<UpdateRestaurant, RestaurantDetail, 'SLUG_TAKEN' | Allowed>;
    /** Sets the opening hours, with exceptions by date. Needs `settings`. */
    setHours: Mutation<SetHours, RestaurantDetail, Allowed>;
    /** Takes no orders for a while, with a word to the guests. Needs `settings`. */
    pause: Mutation<PauseRestaurant, RestaurantDetail, Allowed>;
    /** Takes orders again. Needs `settings`. */
    resume: Mutation<ResumeRestaurant | void, RestaurantDetail, Allowed>;
  };
  quotas: {
    /** Tells how much every role may use. Open to anyone. */
    policy: Query<void, QuotaPolicies, Always>;
    /** Tells what is left of the caller’s own budgets, and what they used in a day. Needs `quota.mine`. */
    mine: Query<void, OwnQuotas, Allowed>;
    /** Tells who called how often in the last 24 hours. Needs `report.read`. */
    usage: Query<AskUsage | void, UsageReport, Allowed>;
    /** Gives a role other budgets, or those of the preset back. Needs `quota.set`. */
    set: Mutation<SetQuota, QuotasSet, Allowed>;
  };
  permissions: {
    /** Tells what the caller may do. Needs a sign-in. */
    mine: Query<void, OwnPermissions, SignedIn>;
    /** Tells what every role may do. Open to anyone. */
    matrix: Query<void, PermissionMatrix, Always>;
  };
  menu: {
    /** Lists a menu: filtered, searched and sorted, page by page. Open to anyone. */
    list: Query<ListMenu | void, ItemPage, 'NOT_FOUND' | 'RESTAURANT_REQUIRED' | Always>;
    /** Shows one item of a menu. Open to anyone. */
    show: Query<NameItem, ItemView, 'NOT_FOUND' | 'RESTAURANT_REQUIRED' | Always>;
    categories: {
      /** Lists the categories of a menu, in their order. Open to anyone. */
      list: Query<ListCategories | void, CategoryList, 'NOT_FOUND' | 'RESTAURANT_REQUIRED' | Always>;
      /** Adds a category to the menu. Needs `category.write`. */
      create: Mutation<CreateCategory, CategoryView, 'MENU_SLUG_TAKEN' | Allowed>;
      /** Changes a category. Needs `category.write`. */
      update: Mutation<UpdateCategory, CategoryView, 'MENU_SLUG_TAKEN' | Allowed>;
      /** Takes an empty category off the menu. Needs `category.write`. */
      remove: Mutation<NameCategory, Removed, 'CATEGORY_IN_USE' | Allowed>;
    };
    items: {
      /** Adds an item to the menu, with its options. Needs `menu.write`. */
      create: Mutation<CreateItem, ItemView, 'MENU_SLUG_TAKEN' | Allowed>;
      /** Changes an item. Needs `menu.write`. */
      update: Mutation<UpdateItem, ItemView, 'MENU_SLUG_TAKEN' | Allowed>;
      /** Takes an item off the menu; it can be restored. Needs `menu.write`. */
      remove: Mutation<NameItem, Removed, Allowed>;
      /** Puts a removed item back on the menu. Needs `menu.write`. */
      restore: Mutation<NameItem, ItemView, Allowed>;
      /** Switches an item, or one of its options, off for today, or on again. Needs `menu.availability`. */
      setAvailability: Mutation<SetAvailability, ItemView, Allowed>;
      /** Says how many of an item there are, or that nobody counts. Needs `inventory.manage`. */
      setStock: Mutation<SetStock, ItemView, Allowed>;
    };
    /** Tells the whole menu, for a file or another restaurant. Needs `export`. */
    export: Query<ExportMenu | void, MenuFile, Allowed>;
    /** Adds or changes up to 200 items by their slugs, all or nothing. Needs `import`. */
    import: Mutation<ImportMenu, Imported, Allowed>;
  };
}
