// Made from the router by `npm run contract`; not to be changed by hand.
import type { Mutation, Query, Subscription } from '../calls.ts';

/** Taken by `cart.add`. */
export interface AddToCart {
  itemId: string;
  options?: { optionId: string; quantity?: number | undefined }[] | undefined;
  note?: string | null | undefined;
  quantity?: number | undefined;
  restaurantId?: string | undefined;
}

/** Taken by `orders.advance`. */
export interface AdvanceOrder {
  restaurantId?: string | undefined;
  orderId: string;
  expectedVersion: number;
  to: 'pending' | 'confirmed' | 'preparing' | 'ready' | 'served' | 'out_for_delivery' | 'completed';
  reason?: string | undefined;
}

/** Taken by `reservations.availability`. */
export interface AskAvailability {
  restaurantId?: string | undefined;
  date: string;
  party: number;
}

/** Taken by `quotas.usage`. */
export interface AskUsage {
  limit?: number | undefined;
  restaurantId?: string | undefined;
}

/** Taken by `orders.assign`. */
export interface AssignOrder {
  restaurantId?: string | undefined;
  orderId: string;
  expectedVersion: number;
  assigneeId: string | null;
}

/** Answered by `audit.list`. */
export interface AuditPage {
  items: AuditView[];
  nextCursor: string | null;
  total: number | null;
}

/** A part of others. */
export interface AuditView {
  id: string;
  at: Date;
  actorId: string | null;
  actor: string | null;
  role: string;
  restaurantId: string | null;
  action: string;
  change: string;
  target: string;
  targetId: string;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  requestId: string;
  address: string | null;
}

/** Answered by `reservations.availability`. */
export interface Availability {
  timeZone: string;
  items: StartView[];
}

/** Answered by `books.list`. */
export interface BookPage {
  items: BookView[];
  nextCursor: string | null;
}

/** Answered by `books.show`, `books.create` … */
export interface BookView {
  id: string;
  ownerId: string;
  title: string;
  author: string;
  publishedOn: string | null;
  isbn: string | null;
  description: string;
  coverId: string | null;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}

/** A part of others. */
export interface BookingChanges {
  maxParty?: number | undefined;
  smallParty?: number | undefined;
  smallMinutes?: number | undefined;
  largeMinutes?: number | undefined;
  bufferMinutes?: number | undefined;
  noticeMinutes?: number | undefined;
  horizonDays?: number | undefined;
  cancelMinutes?: number | undefined;
  noShowMinutes?: number | undefined;
  autoConfirm?: boolean | undefined;
}

/** A part of others. */
export interface BookingTerms {
  maxParty: number;
  smallParty: number;
  smallMinutes: number;
  largeMinutes: number;
  bufferMinutes: number;
  noticeMinutes: number;
  horizonDays: number;
  cancelMinutes: number;
  noShowMinutes: number;
  autoConfirm: boolean;
}

/** A part of others. */
export interface Break {
  paid: boolean;
  startedAt: Date;
  endedAt: Date | null;
  cut: boolean;
}

/** Taken by `recipes.breakGlass`. */
export interface BreakGlass {
  restaurantId?: string | undefined;
  cursor?: string | undefined;
  limit?: number | undefined;
  reason: string;
}

/** A part of others. */
export type Caller = 'anonymous' | 'customer' | 'employee' | 'delivery_crew' | 'waiter' | 'prep_cook' | 'chef' | 'sous_chef' | 'head_chef' | 'master_chef' | 'manager' | 'admin';

/** Taken by `orders.cancel`. */
export interface CancelOrder {
  restaurantId?: string | undefined;
  orderId: string;
  idempotencyKey?: string;
  expectedVersion: number;
  reason?: string | undefined;
  refund?: boolean | undefined;
}

/** Taken by `reservations.cancel`. */
export interface CancelReservation {
  restaurantId?: string | undefined;
  reservationId: string;
  expectedVersion?: number | undefined;
  idempotencyKey?: string;
  reason?: string | undefined;
}

/** Taken by `shifts.cancel`. */
export interface CancelShift {
  restaurantId?: string | undefined;
  shiftId: string;
  expectedVersion?: number | undefined;
}

/** A part of others. */
export type Capability = 'menu.read' | 'category.read' | 'hours.read' | 'book.read' | 'auth.register' | 'auth.login' | 'profile' | 'session' | 'quota.mine' | 'permissions.mine' | 'task' | 'book.write' | 'cart' | 'order.place' | 'reservation.request' | 'order.read' | 'order.take' | 'order.cook' | 'kitchen.manage' | 'order.serve' | 'bill.split' | 'order.deliver' | 'order.assign' | 'order.cancel' | 'order.refund' | 'order.discount' | 'coupon' | 'kitchen.status' | 'menu.availability' | 'menu.write' | 'category.write' | 'recipe.read' | 'recipe.write' | 'vault.open' | 'cellar.read' | 'inventory.manage' | 'table.read' | 'reservation.read' | 'table.manage' | 'reservation.manage' | 'shift.mine' | 'clock' | 'break' | 'shift.schedule' | 'timesheet.edit' | 'staff.read' | 'staff.create' | 'staff.role' | 'audit.read' | 'report.read' | 'import' | 'export' | 'webhook' | 'settings' | 'restaurant.create' | 'user.deactivate' | 'quota.set' | 'console';

/** A part of others. */
export interface CartCard {
  id: string;
  owner: { id: string; name: string } | null;
  lines: number;
  units: number;
  subtotal: number;
  createdAt: Date;
  updatedAt: Date;
}

/** A part of others. */
export type CartIssue = { code: 'CLOSED'; until: Date | null } | { code: 'BELOW_MINIMUM'; minimum: number; subtotal: number };

/** A part of others. */
export interface CartLineView {
  key: string;
  itemId: string;
  name: string;
  photoId: string | null;
  options: OfferedOption[];
  note: string | null;
  quantity: number;
  unit: number;
  total: number;
  issues: LineIssue[];
}

/** Answered by `cart.list`. */
export interface CartPage {
  items: CartCard[];
  nextCursor: string | null;
}

/** Answered by `cart.show`, `cart.add` … */
export interface CartView {
  restaurantId: string;
  currency: string;
  lines: CartLineView[];
  itemCount: number;
  subtotal: number;
  issues: CartIssue[];
  orderable: boolean;
  version: number;
}

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

/** A part of others. */
export interface ChosenOption {
  optionId: string;
  group: string;
  name: string;
  quantity: number;
  priceDelta: number;
}

/** Taken by `cart.clear`. */
export interface ClearCart {
  restaurantId?: string | undefined;
}

/** A part of others. */
export interface ClockChanges {
  gate?: 'enforced' | 'warn' | 'off' | null | undefined;
  windowMinutes?: number | undefined;
  site?: { latitude: number; longitude: number; withinMeters: number } | null | undefined;
}

/** Taken by `shifts.clockIn`. */
export interface ClockIn {
  restaurantId?: string | undefined;
  idempotencyKey?: string;
  place?: Place | undefined;
  personId?: string | undefined;
  reason?: string | undefined;
}

/** Taken by `shifts.clockOut`. */
export interface ClockOut {
  restaurantId?: string | undefined;
  idempotencyKey?: string;
  place?: Place | undefined;
}

/** A part of others. */
export interface ClockTerms {
  gate: 'enforced' | 'warn' | 'off' | null;
  windowMinutes: number;
  site: { latitude: number; longitude: number; withinMeters: number } | null;
}

/** Taken by `shifts.clockToggle`. */
export interface ClockToggle {
  restaurantId?: string | undefined;
  idempotencyKey?: string;
  place?: Place | undefined;
  expectedOnShift: boolean;
}

/** Answered by `shifts.clockIn`, `shifts.clockOut` … */
export interface Clocked {
  action: 'clock_in' | 'clock_out';
  message: string;
  isOnShift: boolean;
  shiftStartedAt: Date;
  shiftEndsAt: Date | null;
  shiftEndedAt: Date | null;
  card: TimecardView;
}

/** Taken by `shifts.correct`. */
export interface CorrectTimecard {
  restaurantId?: string | undefined;
  cardId: string;
  expectedVersion?: number | undefined;
  inAt?: Date | undefined;
  outAt?: Date | undefined;
  breaks?: { paid: boolean; startedAt: Date; endedAt: Date }[] | undefined;
  reason: string;
}

/** A part of others. */
export interface CorrectionView {
  at: Date;
  by: string;
  reason: string;
  before: { inAt: Date; outAt: Date | null; breaks: Break[] };
}

/** Taken by `books.create`. */
export interface CreateBook {
  title: string;
  author: string;
  publishedOn?: string | null | undefined;
  isbn?: string | null | undefined;
  description?: string | undefined;
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

/** Taken by `recipes.create`. */
export interface CreateRecipe {
  restaurantId?: string | undefined;
  name: string;
  secrecy?: Secrecy | undefined;
  difficulty?: 'easy' | 'hard' | 'expert' | null | undefined;
  ingredients?: string[] | undefined;
  allergens?: string[] | undefined;
  instructions?: string | undefined;
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

/** Taken by `tables.create`. */
export interface CreateTable {
  restaurantId?: string | undefined;
  name: string;
  section?: string | null | undefined;
  seatsMin?: number | undefined;
  seatsMax: number;
  joinGroup?: string | null | undefined;
  active?: boolean | undefined;
}

/** Taken by `tasks.create`. */
export interface CreateTask {
  restaurantId?: string | undefined;
  title: string;
  description?: string | null | undefined;
  dueAt?: Date | null | undefined;
  assigneeId?: string | undefined;
}

/** Answered by `reports.dashboard`. */
export interface Dashboard {
  at: Date;
  timeZone: string;
  currency: string;
  today: { date: string; orders: number; byState: Record<OrderState, number>; byType: Record<OrderType, number>; cancelled: number; open: number; revenue: number; averageValue: number | null; tips: number };
  days: { date: string; orders: number; revenue: number }[];
  hours: { hour: number; orders: number }[];
  bestSellers: { itemId: string | null; name: string; quantity: number; revenue: number }[];
  onShift: { count: number; people: { personId: string; name: string; role: Role; since: Date; onBreak: boolean }[] };
  lowStock: { itemId: string; name: string; stock: number; soldOut: boolean }[];
  soldOut: number;
}

/** Taken by `orders.discount`. */
export interface DiscountOrder {
  restaurantId?: string | undefined;
  orderId: string;
  expectedVersion: number;
  discount: { fixed: number } | { bps: number };
  reason: string;
}

/** Taken by `shifts.endBreak`. */
export interface EndBreak {
  restaurantId?: string | undefined;
  idempotencyKey?: string;
}

/** Answered by `auth.resetPassword`, `auth.changePassword` … */
export interface Ended {
  ended: number;
}

/** Taken by `profile.erase`. */
export interface Erase {
  password: string;
}

/** Answered by `profile.erase`. */
export interface Erased {
  erased: true;
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

/** A part of others. */
export interface Invitation {
  restaurantId: string;
  restaurantName: string;
  role: Role;
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

/** A part of others. */
export type ItemState = 'queued' | 'cooking' | 'done' | 'served' | 'voided';

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
  removedAt: Date | null;
  staff: { station: string | null; recipeId: string | null; recipeName: string | null; stockMode: 'none' | 'count' | 'out'; stockLeft: number; stockLow: number } | null;
}

/** A part of others. */
export interface KeptTable {
  id: string;
  name: string;
}

/** Answered by `kitchen.watch`. */
export type KitchenEvent = { kind: 'ready' } | { kind: 'tickets'; at: Date; orderId: string; items: Ticket[] } | { kind: 'gone'; at: Date; orderId: string };

/** Answered by `kitchen.status`. */
export interface KitchenStatus {
  role: Role;
  capabilities: Capability[];
  pendingOrders: number;
  preparingOrders: number;
  readyOrders: number;
  availableItems: number;
  activeRecipes: number;
  paused: boolean;
  at: Date;
  status: 'operational';
}

/** A part of others. */
export type LastEventId = string;

/** A part of others. */
export type LineIssue = { code: 'SOLD_OUT'; left: number } | { code: 'OFF_MENU_TIME' } | { code: 'PRICE_CHANGED'; old: number; new: number } | { code: 'OPTION_INVALID'; options: string[] };

/** A part of others. */
export interface LineTotals {
  unit: number;
  optionsDelta: number;
  quantity: number;
  taxBps: number;
  gross: number;
  discount: number;
  serviceCharge: number;
  tax: number;
  total: number;
}

/** Taken by `audit.list`. */
export interface ListAudit {
  restaurantId?: string | undefined;
  cursor?: string | undefined;
  limit?: number | undefined;
  actor?: string | undefined;
  action?: string | undefined;
  target?: string | undefined;
  targetId?: string | undefined;
  address?: string | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
  everywhere?: boolean | undefined;
  count?: boolean | undefined;
}

/** Taken by `books.list`. */
export interface ListBooks {
  cursor?: string | undefined;
  limit?: number | undefined;
  search?: string | undefined;
  author?: string | undefined;
  ownerId?: string | undefined;
}

/** Taken by `cart.list`. */
export interface ListCarts {
  restaurantId?: string | undefined;
  cursor?: string | undefined;
  limit?: number | undefined;
  search?: string | undefined;
  guests?: boolean | undefined;
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
  removed?: boolean | undefined;
  sort?: 'menu' | 'name' | 'price' | '-price' | undefined;
}

/** Taken by `shifts.onNow`. */
export interface ListOnNow {
  restaurantId?: string | undefined;
}

/** Taken by `orders.list`. */
export interface ListOrders {
  restaurantId?: string | undefined;
  cursor?: string | undefined;
  limit?: number | undefined;
  search?: string | undefined;
  state?: OrderState[] | undefined;
  type?: OrderType | undefined;
  payment?: PaymentState | undefined;
  customerId?: string | undefined;
  tableId?: string | undefined;
  assigneeId?: string | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
  mine?: boolean | undefined;
  sort?: 'newest' | 'oldest' | undefined;
  count?: boolean | undefined;
}

/** Taken by `shifts.mine`. */
export interface ListOwnShifts {
  restaurantId?: string | undefined;
  cursor?: string | undefined;
  limit?: number | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
}

/** Taken by `people.list`. */
export interface ListPeople {
  restaurantId?: string | undefined;
  cursor?: string | undefined;
  limit?: number | undefined;
  search?: string | undefined;
  role?: RoleName | undefined;
  active?: boolean | undefined;
  hiredFrom?: Date | undefined;
  hiredTo?: Date | undefined;
}

/** Taken by `recipes.list`. */
export interface ListRecipes {
  restaurantId?: string | undefined;
  cursor?: string | undefined;
  limit?: number | undefined;
  search?: string | undefined;
  secrecy?: Secrecy | undefined;
  difficulty?: 'easy' | 'hard' | 'expert' | undefined;
  authorId?: string | undefined;
  removed?: boolean | undefined;
}

/** Taken by `reservations.list`. */
export interface ListReservations {
  restaurantId?: string | undefined;
  cursor?: string | undefined;
  limit?: number | undefined;
  date?: string | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
  state?: ReservationState[] | undefined;
  tableId?: string | undefined;
}

/** Taken by `restaurants.list`. */
export interface ListRestaurants {
  cursor?: string | undefined;
  limit?: number | undefined;
  search?: string | undefined;
}

/** Taken by `shifts.list`. */
export interface ListShifts {
  restaurantId?: string | undefined;
  cursor?: string | undefined;
  limit?: number | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
  personId?: string | undefined;
  state?: 'draft' | 'published' | 'cancelled' | undefined;
}

/** Taken by `tables.list`. */
export interface ListTables {
  restaurantId?: string | undefined;
  cursor?: string | undefined;
  limit?: number | undefined;
  section?: string | undefined;
  active?: boolean | undefined;
}

/** Taken by `tasks.list`. */
export interface ListTasks {
  cursor?: string | undefined;
  limit?: number | undefined;
  done?: boolean | undefined;
  dueBefore?: Date | undefined;
  assigned?: boolean | undefined;
}

/** Taken by `kitchen.queue`. */
export interface ListTickets {
  restaurantId?: string | undefined;
  cursor?: string | undefined;
  limit?: number | undefined;
  station?: string | undefined;
  ready?: boolean | undefined;
}

/** Taken by `recipes.cellar`. */
export interface ListWines {
  restaurantId?: string | undefined;
  cursor?: string | undefined;
  limit?: number | undefined;
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

/** Taken by `reservations.mine`. */
export interface MyReservations {
  restaurantId?: string | undefined;
  cursor?: string | undefined;
  limit?: number | undefined;
}

/** Taken by `books.show`, `books.remove`. */
export interface NameBook {
  bookId: string;
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

/** Taken by `orders.show`, `orders.nextStates` … */
export interface NameOrder {
  restaurantId?: string | undefined;
  orderId: string;
}

/** Taken by `kitchen.startItem`, `kitchen.finishItem`. */
export interface NameOrderItem {
  restaurantId?: string | undefined;
  orderItemId: string;
}

/** Taken by `people.show`, `people.deactivate` … */
export interface NamePerson {
  restaurantId?: string | undefined;
  personId: string;
}

/** Taken by `recipes.show`, `recipes.remove` … */
export interface NameRecipe {
  restaurantId?: string | undefined;
  recipeId: string;
}

/** Taken by `reservations.confirm`, `reservations.seat` … */
export interface NameReservation {
  restaurantId?: string | undefined;
  reservationId: string;
  expectedVersion?: number | undefined;
}

/** Taken by `tables.remove`. */
export interface NameTable {
  restaurantId?: string | undefined;
  tableId: string;
}

/** Taken by `tasks.show`, `tasks.remove`. */
export interface NameTask {
  taskId: string;
}

/** A part of others. */
export interface NewHours {
  weekly: Weekly;
  exceptions?: Record<string, { from: string; to: string }[]> | undefined;
  lastOrderMinutes?: number | undefined;
}

/** Answered by `orders.nextStates`. */
export interface NextStates {
  version: number;
  items: { to: OrderState; needsReason: boolean; needsRefundChoice: boolean }[];
}

/** A part of others. */
export interface OfferedOption {
  optionId: string;
  group: string;
  name: string;
  quantity: number;
  priceDelta: number;
}

/** Answered by `shifts.onNow`. */
export interface OnNow {
  items: { personId: string; name: string; role: Role; cardId: string; since: Date; until: Date | null; onBreak: boolean }[];
  nextCursor: null;
}

/** Taken by `cart.open`. */
export interface OpenCart {
  restaurantId?: string | undefined;
}

/** A part of others. */
export interface OpenState {
  open: boolean;
  closesAt?: Date | undefined;
  lastOrderAt?: Date | undefined;
  opensAt?: Date | undefined;
  paused?: Pause | undefined;
}

/** Taken by `recipes.vault`. */
export interface OpenVault {
  restaurantId?: string | undefined;
  cursor?: string | undefined;
  limit?: number | undefined;
}

/** Answered by `cart.open`. */
export interface OpenedCart {
  token: string | null;
  cart: CartView;
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
export interface OrderCard {
  id: string;
  restaurantId: string;
  number: number;
  type: OrderType;
  state: OrderState;
  payment: PaymentState;
  customerId: string | null;
  customerName: string;
  tableId: string | null;
  tableName: string | null;
  assigneeId: string | null;
  assigneeName: string | null;
  currency: string;
  total: number;
  units: number;
  placedAt: Date;
  promisedAt: Date | null;
  closedAt: Date | null;
  version: number;
}

/** Answered by `orders.watch`. */
export type OrderEvent = { kind: 'ready' } | { kind: 'placed'; at: Date; order: OrderCard } | { kind: 'changed'; at: Date; order: OrderCard } | { kind: 'gone'; at: Date; orderId: string };

/** A part of others. */
export interface OrderItemView {
  id: string;
  itemId: string;
  round: number;
  name: string;
  options: ChosenOption[];
  note: string | null;
  quantity: number;
  unit: number;
  state: ItemState;
  station: string | null;
  skipsKitchen: boolean;
  orderedAt: Date;
  startedAt: Date | null;
  doneAt: Date | null;
}

/** Answered by `orders.list`. */
export interface OrderPage {
  items: OrderCard[];
  nextCursor: string | null;
  total: number | null;
}

/** A part of others. */
export type OrderState = 'pending' | 'confirmed' | 'preparing' | 'ready' | 'served' | 'out_for_delivery' | 'completed' | 'cancelled';

/** A part of others. */
export interface OrderStepView {
  at: Date;
  what: 'placed' | 'moved' | 'round' | 'assigned' | 'payment' | 'refund' | 'discount' | 'recalled';
  from: OrderState | null;
  to: OrderState | null;
  by: string | null;
  reason: string | null;
}

/** A part of others. */
export type OrderType = 'dine_in' | 'pickup' | 'delivery';

/** Answered by `orders.place`, `orders.take` … */
export interface OrderView {
  id: string;
  restaurantId: string;
  number: number;
  type: OrderType;
  state: OrderState;
  payment: PaymentState;
  customerId: string | null;
  customerName: string;
  tableId: string | null;
  tableName: string | null;
  assigneeId: string | null;
  assigneeName: string | null;
  currency: string;
  total: number;
  units: number;
  placedAt: Date;
  promisedAt: Date | null;
  closedAt: Date | null;
  version: number;
  phone: string | null;
  address: string | null;
  instructions: string;
  items: OrderItemView[];
  totals: TotalsSnapshot;
  paid: number;
  refunded: number;
  payments: PaymentView[];
  history: OrderStepView[];
}

/** A part of others. */
export interface Orderability {
  orderable: boolean;
  because?: 'OFF_MENU' | 'SOLD_OUT' | 'CLOSED' | 'PAUSED' | 'OFF_MENU_TIME' | undefined;
  until?: Date | undefined;
}

/** A part of others. */
export interface OrderingChanges {
  types?: ('dine_in' | 'pickup' | 'delivery')[] | undefined;
  taxInclusive?: boolean | undefined;
  serviceChargeBps?: number | undefined;
  deliveryFee?: number | undefined;
  minimum?: number | undefined;
  autoConfirm?: boolean | undefined;
  prepMinutes?: number | undefined;
}

/** A part of others. */
export interface OrderingTerms {
  types: ('dine_in' | 'pickup' | 'delivery')[];
  taxInclusive: boolean;
  serviceChargeBps: number;
  deliveryFee: number;
  minimum: number;
  autoConfirm: boolean;
  prepMinutes: number;
}

/** Answered by `permissions.mine`. */
export interface OwnPermissions {
  role: Role;
  title: string;
  level: number;
  grants: GrantView[];
  mayGive: Role[];
  staffFlags: StaffFlags | null;
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

/** A part of others. */
export type PaymentState = 'unpaid' | 'authorized' | 'paid' | 'part_refunded' | 'refunded' | 'failed';

/** A part of others. */
export interface PaymentView {
  id: string;
  kind: 'payment' | 'refund';
  amount: number;
  method: string;
  reason: string | null;
  at: Date;
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
  invitedAs: string | null;
  username: string | null;
  email: string | null;
  phone: string | null;
  firstName: string;
  lastName: string;
  role: Role;
  title: string;
  level: number;
  flags: StaffFlags | null;
  hiredAt: Date;
  pending: boolean;
  active: boolean;
  version: number;
}

/** Answered by `files.upload`. */
export interface PictureView {
  id: string;
  width: number;
  height: number;
}

/** A part of others. */
export interface Place {
  latitude: number;
  longitude: number;
  accuracyMeters?: number | undefined;
}

/** Taken by `orders.place`. */
export interface PlaceOrder {
  restaurantId?: string | undefined;
  idempotencyKey?: string;
  cartVersion: number;
  type: OrderType;
  phone?: string | null | undefined;
  address?: string | null | undefined;
  instructions?: string | undefined;
  tip?: { fixed: number } | { bps: number } | undefined;
  customerName?: string | undefined;
  tableId?: string | null | undefined;
  expectedTotal?: number | undefined;
}

/** A part of others. */
export type Portion = { fixed: number } | { bps: number };

/** Answered by `profile.show`, `profile.update` … */
export interface ProfileView {
  id: string;
  username: string | null;
  email: string | null;
  phone: string | null;
  firstName: string;
  lastName: string;
  bio: string;
  website: string | null;
  avatarId: string | null;
  createdAt: Date;
  lastLoginAt: Date | null;
  staff: StaffCard | null;
  version: number;
}

/** Taken by `shifts.publish`. */
export interface PublishShifts {
  restaurantId?: string | undefined;
  shiftIds: string[];
}

/** Answered by `shifts.publish`. */
export interface PublishedShifts {
  items: ShiftView[];
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

/** Taken by `kitchen.recall`. */
export interface RecallItem {
  restaurantId?: string | undefined;
  orderItemId: string;
  reason: string;
}

/** Answered by `recipes.list`. */
export interface RecipePage {
  items: RecipeView[];
  nextCursor: string | null;
}

/** Answered by `recipes.show`, `recipes.create` … */
export interface RecipeView {
  id: string;
  name: string;
  ingredients: string[];
  allergens: string[];
  craft: { secrecy: Secrecy; difficulty: 'easy' | 'hard' | 'expert' | null; instructions: string; authorId: string; chefName: string; createdAt: Date; updatedAt: Date; version: number } | null;
}

/** Taken by `orders.recordPayment`. */
export interface RecordPayment {
  restaurantId?: string | undefined;
  orderId: string;
  idempotencyKey?: string;
  expectedVersion: number;
  method: 'cash' | 'card' | 'other';
}

/** Taken by `auth.refresh`. */
export interface Refresh {
  refreshToken?: string | undefined;
}

/** Taken by `orders.refund`. */
export interface RefundOrder {
  restaurantId?: string | undefined;
  orderId: string;
  idempotencyKey?: string;
  expectedVersion: number;
  amount: number;
  reason: string;
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

/** Taken by `cart.remove`. */
export interface RemoveLine {
  restaurantId?: string | undefined;
  key: string;
}

/** Answered by `menu.categories.remove`, `menu.items.remove`. */
export interface Removed {
  id: string;
}

/** Answered by `books.remove`. */
export interface RemovedBook {
  id: string;
}

/** Answered by `recipes.remove`. */
export interface RemovedRecipe {
  id: string;
}

/** Answered by `tables.remove`. */
export interface RemovedTable {
  id: string;
}

/** Answered by `tasks.remove`. */
export interface RemovedTask {
  id: string;
}

/** Taken by `reservations.request`. */
export interface RequestReservation {
  restaurantId?: string | undefined;
  idempotencyKey?: string;
  startsAt: Date;
  party: number;
  note?: string | undefined;
  phone?: string | null | undefined;
  customerName?: string | undefined;
  forGuest?: boolean | undefined;
}

/** Answered by `reservations.mine`, `reservations.list`. */
export interface ReservationPage {
  items: ReservationView[];
  nextCursor: string | null;
}

/** A part of others. */
export type ReservationState = 'requested' | 'confirmed' | 'seated' | 'completed' | 'cancelled' | 'no_show';

/** Answered by `reservations.request`, `reservations.cancel` … */
export interface ReservationView {
  id: string;
  restaurantId: string;
  state: ReservationState;
  party: number;
  startsAt: Date;
  endsAt: Date;
  customerId: string | null;
  customerName: string;
  phone: string | null;
  note: string;
  tables: KeptTable[];
  cancelUntil: Date;
  takenBy: string | null;
  reason: string | null;
  version: number;
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
  ordering: OrderingTerms;
  clock: ClockTerms;
  booking: BookingTerms;
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

/** Taken by `shifts.schedule`. */
export interface ScheduleShift {
  restaurantId?: string | undefined;
  personId: string;
  startsAt: Date;
  endsAt: Date;
  note?: string | null | undefined;
  publish?: boolean | undefined;
}

/** A part of others. */
export type Secrecy = 'basic' | 'advanced' | 'top_secret';

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
  invitations: Invitation[];
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

/** Taken by `profile.setAvatar`. */
export interface SetAvatar {
  pictureId: string | null;
}

/** Taken by `books.setCover`. */
export interface SetCover {
  bookId: string;
  pictureId: string | null;
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

/** Taken by `menu.items.setPhoto`. */
export interface SetPhoto {
  restaurantId?: string | undefined;
  itemId: string;
  expectedVersion?: number | undefined;
  pictureId: string | null;
}

/** Taken by `cart.setQuantity`. */
export interface SetQuantity {
  restaurantId?: string | undefined;
  key: string;
  quantity: number;
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

/** Answered by `shifts.watch`. */
export type ShiftEvent = { kind: 'ready' } | { kind: 'published'; at: Date; shift: ShiftView } | { kind: 'changed'; at: Date; shift: ShiftView } | { kind: 'cancelled'; at: Date; shift: ShiftView } | { kind: 'gone'; at: Date; shiftId: string };

/** Answered by `shifts.mine`, `shifts.list`. */
export interface ShiftPage {
  items: ShiftView[];
  nextCursor: string | null;
}

/** Answered by `shifts.schedule`, `shifts.update` … */
export interface ShiftView {
  id: string;
  personId: string;
  name: string;
  startsAt: Date;
  endsAt: Date;
  state: 'draft' | 'published' | 'cancelled';
  note: string | null;
  version: number;
}

/** Taken by `cart.show`. */
export interface ShowCart {
  restaurantId?: string | undefined;
}

/** Taken by `reports.dashboard`. */
export interface ShowDashboard {
  restaurantId?: string | undefined;
  days?: number | undefined;
}

/** Taken by `kitchen.status`. */
export interface ShowKitchen {
  restaurantId?: string | undefined;
}

/** Taken by `restaurants.show`. */
export interface ShowRestaurant {
  restaurantId?: string | undefined;
}

/** Taken by `shifts.timesheet`. */
export interface ShowTimesheet {
  restaurantId?: string | undefined;
  week?: string | undefined;
  personId?: string | undefined;
  csv?: boolean | undefined;
}

/** Answered by `auth.register`, `auth.login` … */
export interface SignedInView {
  accessToken: string;
  refreshToken?: string | undefined;
  expiresAt: Date;
  user: UserView;
}

/** A part of others. */
export interface StaffCard {
  id: string;
  role: Role;
  title: string;
  level: number;
  isOnShift: boolean;
  restaurant: { id: string; name: string; address: string | null; phone: string | null };
  flags: StaffFlags;
}

/** A part of others. */
export type StaffFlags = Record<string, boolean>;

/** Taken by `shifts.startBreak`. */
export interface StartBreak {
  restaurantId?: string | undefined;
  idempotencyKey?: string;
  paid?: boolean | undefined;
}

/** A part of others. */
export interface StartView {
  startsAt: Date;
  endsAt: Date;
  free: boolean;
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

/** Answered by `tables.list`. */
export interface TablePage {
  items: TableView[];
  nextCursor: string | null;
}

/** Answered by `tables.create`, `tables.update`. */
export interface TableView {
  id: string;
  name: string;
  section: string | null;
  seatsMin: number;
  seatsMax: number;
  joinGroup: string | null;
  active: boolean;
  version: number;
}

/** Taken by `orders.take`. */
export interface TakeOrder {
  restaurantId?: string | undefined;
  idempotencyKey?: string;
  orderId?: string | undefined;
  type?: OrderType | undefined;
  phone?: string | null | undefined;
  address?: string | null | undefined;
  instructions?: string | undefined;
  tip?: { fixed: number } | { bps: number } | undefined;
  customerName?: string | undefined;
  tableId?: string | null | undefined;
  lines: Wish[];
}

/** Answered by `tasks.list`. */
export interface TaskPage {
  items: TaskView[];
  nextCursor: string | null;
}

/** Answered by `tasks.show`, `tasks.create` … */
export interface TaskView {
  id: string;
  title: string;
  description: string | null;
  dueAt: Date | null;
  doneAt: Date | null;
  completed: boolean;
  ownerId: string;
  ownerUsername: string | null;
  assignedBy: string | null;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}

/** A part of others. */
export interface TaxTotals {
  bps: number;
  base: number;
  tax: number;
}

/** A part of others. */
export interface Terms {
  taxInclusive: boolean;
  serviceChargeBps: number;
  deliveryFee: number;
  discount: Portion;
  tip: Portion;
}

/** A part of others. */
export interface Ticket {
  orderId: string;
  number: number;
  round: number;
  type: OrderType;
  state: OrderState;
  tableName: string | null;
  customerName: string;
  instructions: string;
  orderedAt: Date;
  promisedAt: Date | null;
  items: OrderItemView[];
  version: number;
}

/** Answered by `kitchen.queue`. */
export interface TicketPage {
  items: { orderId: string; number: number; round: number; type: OrderType; state: OrderState; tableName: string | null; customerName: string; instructions: string; orderedAt: Date; promisedAt: Date | null; items: OrderItemView[]; version: number; ageMs: number }[];
  nextCursor: string | null;
}

/** Answered by `kitchen.startItem`, `kitchen.finishItem` … */
export interface Tickets {
  items: Ticket[];
}

/** Answered by `shifts.startBreak`, `shifts.endBreak` … */
export interface TimecardView {
  id: string;
  personId: string;
  shiftId: string | null;
  inAt: Date;
  outAt: Date | null;
  breaks: Break[];
  workedMinutes: number;
  reason: string | null;
  openedBy: string | null;
  flag: 'forgotten' | 'deactivated' | null;
  inPlace: { latitude: number; longitude: number; accuracyMeters: number | null; meters: number | null } | null;
  outPlace: { latitude: number; longitude: number; accuracyMeters: number | null; meters: number | null } | null;
  version: number;
}

/** Answered by `shifts.timesheet`. */
export interface Timesheet {
  from: string;
  to: string;
  timeZone: string;
  people: { personId: string; name: string; plannedMinutes: number; workedMinutes: number; cards: { id: string; personId: string; shiftId: string | null; inAt: Date; outAt: Date | null; breaks: Break[]; workedMinutes: number; reason: string | null; openedBy: string | null; flag: 'forgotten' | 'deactivated' | null; inPlace: { latitude: number; longitude: number; accuracyMeters: number | null; meters: number | null } | null; outPlace: { latitude: number; longitude: number; accuracyMeters: number | null; meters: number | null } | null; version: number; corrections: CorrectionView[] }[] }[];
  csv: string | null;
}

/** A part of others. */
export interface TotalsSnapshot {
  terms: Terms;
  lines: LineTotals[];
  subtotal: number;
  discount: number;
  serviceCharge: number;
  tax: number;
  deliveryFee: number;
  tip: number;
  total: number;
  taxes: TaxTotals[];
}

/** Taken by `books.update`. */
export interface UpdateBook {
  bookId: string;
  expectedVersion?: number | undefined;
  title?: string | undefined;
  author?: string | undefined;
  publishedOn?: string | null | undefined;
  isbn?: string | null | undefined;
  description?: string | undefined;
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

/** Taken by `profile.update`. */
export interface UpdateProfile {
  expectedVersion?: number | undefined;
  username?: string | null | undefined;
  email?: string | null | undefined;
  phone?: string | null | undefined;
  firstName?: string | undefined;
  lastName?: string | undefined;
  bio?: string | undefined;
  website?: string | null | undefined;
}

/** Taken by `recipes.update`. */
export interface UpdateRecipe {
  restaurantId?: string | undefined;
  recipeId: string;
  expectedVersion?: number | undefined;
  name?: string | undefined;
  secrecy?: Secrecy | undefined;
  difficulty?: 'easy' | 'hard' | 'expert' | null | undefined;
  ingredients?: string[] | undefined;
  allergens?: string[] | undefined;
  instructions?: string | undefined;
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
  ordering?: OrderingChanges | undefined;
  clock?: ClockChanges | undefined;
  booking?: BookingChanges | undefined;
}

/** Taken by `shifts.update`. */
export interface UpdateShift {
  restaurantId?: string | undefined;
  shiftId: string;
  expectedVersion?: number | undefined;
  personId?: string | undefined;
  startsAt?: Date | undefined;
  endsAt?: Date | undefined;
  note?: string | null | undefined;
}

/** Taken by `tables.update`. */
export interface UpdateTable {
  restaurantId?: string | undefined;
  tableId: string;
  expectedVersion?: number | undefined;
  name?: string | undefined;
  section?: string | null | undefined;
  seatsMin?: number | undefined;
  seatsMax?: number | undefined;
  joinGroup?: string | null | undefined;
  active?: boolean | undefined;
}

/** Taken by `tasks.update`. */
export interface UpdateTask {
  taskId: string;
  expectedVersion?: number | undefined;
  title?: string | undefined;
  description?: string | null | undefined;
  dueAt?: Date | null | undefined;
  done?: boolean | undefined;
}

/** Taken by `files.upload`. */
export type Upload = Blob;

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

/** Answered by `recipes.vault`, `recipes.breakGlass`. */
export interface Vault {
  message: string;
  secretAccessGranted: true;
  vaultWarning: string;
  items: RecipeView[];
  nextCursor: string | null;
}

/** Taken by `kitchen.watch`. */
export interface WatchKitchen {
  restaurantId?: string | undefined;
  station?: string | undefined;
  lastEventId?: LastEventId | undefined;
}

/** Taken by `orders.watch`. */
export interface WatchOrders {
  restaurantId?: string | undefined;
  orderId?: string | undefined;
  lastEventId?: LastEventId | undefined;
}

/** Taken by `shifts.watch`. */
export interface WatchShifts {
  restaurantId?: string | undefined;
  lastEventId?: LastEventId | undefined;
}

/** A part of others. */
export type Weekly = Partial<Record<'1' | '2' | '3' | '4' | '5' | '6' | '7', { from: string; to: string }[]>>;

/** Answered by `recipes.cellar`. */
export interface WinePage {
  items: WineView[];
  nextCursor: string | null;
}

/** A part of others. */
export interface WineView {
  id: string;
  name: string;
  year: number;
  price: number;
  bottles: number;
}

/** A part of others. */
export interface Wish {
  itemId: string;
  options?: { optionId: string; quantity?: number | undefined }[] | undefined;
  note?: string | null | undefined;
  quantity?: number | undefined;
}

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
  STREAM_RESET: {};
  IDEMPOTENCY_MISMATCH: {};
  IDEMPOTENCY_IN_PROGRESS: { retryAfterMs: number };
  AMOUNT_TOO_LARGE: { maxMinor: number };
  UNAUTHENTICATED: {};
  TOKEN_INVALID: {};
  GUEST_TOKEN_INVALID: {};
  FORBIDDEN: { capability: string };
  OFF_SHIFT: { onBreak: boolean; nextShift: { shiftId: string; startsAt: Date; endsAt: Date; clockInFrom: Date } | null };
  TOO_MANY_STREAMS: { limit: number; retryAfterMs: number };
  INVALID_CREDENTIALS: {};
  TOKEN_REUSED: {};
  ORIGIN_DENIED: {};
  NOT_STAFF: {};
  STAFF_PROFILE_MISSING: {};
  NAME_TAKEN: { field: 'username' | 'email' | 'phone' };
  PASSWORD_WEAK: { because: 'common' | 'contains_name' };
  CODE_INVALID: {};
  SESSION_REQUIRED: {};
  ORDERS_OPEN: { open: number };
  GRANT_REFUSED: { role: Role };
  OWN_ROLE: {};
  LAST_OF_ROLE: { role: Role };
  LEVEL_TOO_HIGH: { highest: number };
  ACCOUNT_INDEPENDENT: {};
  ALREADY_STAFF: {};
  SLUG_TAKEN: {};
  RESTAURANT_REQUIRED: {};
  SHIFT_OVERLAP: { with: { shiftId: string | null; startsAt: Date; endsAt: Date } };
  SHIFT_CANCELLED: {};
  SHIFT_BEGUN: {};
  NO_SCHEDULED_SHIFT: { next: { shiftId: string; startsAt: Date; endsAt: Date; clockInFrom: Date } | null };
  ALREADY_CLOCKED_IN: { since: Date };
  NOT_CLOCKED_IN: {};
  BREAK_STATE: { onBreak: boolean };
  TOO_FAR: { meters: number | null; withinMeters: number };
  OWN_CARD: {};
  CARD_OVERLAP: { with: { inAt: Date; outAt: Date | null } | null };
  NOT_A_PICTURE: { kinds: string[] };
  PICTURE_TOO_LARGE: { maxBytes: number; maxPixels: number };
  PICTURE_IN_USE: {};
  RECIPE_TOO_SECRET: { highest: Secrecy };
  MENU_SLUG_TAKEN: {};
  CATEGORY_IN_USE: { items: number };
  TABLE_NAME_TAKEN: {};
  TABLE_RESERVED: {};
  CART_LINE_FULL: { units: number; max: number };
  CART_FULL: { max: number };
  OPTIONS_INVALID: { options: string[] };
  CART_EMPTY: {};
  CART_ISSUES: { lines: { itemId: string; name: string; issues: LineIssue[] }[]; issues: CartIssue[] };
  SOLD_OUT: { items: { itemId: string; name: string; left: number }[] };
  PRICE_CHANGED: { expected: number; total: number };
  TYPE_NOT_OFFERED: { offered: OrderType[] };
  ILLEGAL_TRANSITION: { from: OrderState; to: OrderState; allowed: OrderState[] };
  ORDER_UNREADY: { needs: 'reason' | 'refundChoice' | 'crew' | 'paid' | 'itemsDone' | 'newItems' };
  ITEM_STATE: { from: ItemState; to: ItemState; allowed: ItemState[] };
  ORDER_SETTLED: {};
  ALREADY_ASSIGNED: {};
  ASSIGNEE_UNFIT: {};
  REFUND_TOO_LARGE: { refundable: number };
  NO_TABLE: { alternatives: { startsAt: Date; endsAt: Date }[] };
  NOT_BOOKABLE: { why: 'closed' | 'notice' | 'horizon' | 'party'; earliest: Date; latest: Date; maxParty: number };
  RESERVATION_LIMIT: { max: number };
  RESERVATION_STATE: { state: ReservationState; allowed: ReservationState[] };
  RESERVATION_EARLY: { from: Date };
  RESERVATION_LATE: { until: Date };
  TASK_GIVEN: {};
  ISBN_TAKEN: {};
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
  shifts: {
    /** Lists the caller’s own published shifts, from now on unless it is said. Needs `shift.mine`. */
    mine: Query<ListOwnShifts | void, ShiftPage, Allowed>;
    /** Lists the shifts of a restaurant by their start. Needs `staff.read`. */
    list: Query<ListShifts | void, ShiftPage, Allowed>;
    /** Plans when somebody works, as a draft or published at once. Needs `shift.schedule`. */
    schedule: Mutation<ScheduleShift, ShiftView, 'SHIFT_OVERLAP' | Allowed>;
    /** Publishes shifts: those who work them see them and are told. Needs `shift.schedule`. */
    publish: Mutation<PublishShifts, PublishedShifts, 'SHIFT_CANCELLED' | Allowed>;
    /** Changes a shift, or gives it to somebody else. Needs `shift.schedule`. */
    update: Mutation<UpdateShift, ShiftView, 'SHIFT_BEGUN' | 'SHIFT_CANCELLED' | 'SHIFT_OVERLAP' | Allowed>;
    /** Takes a shift out of the plan. Needs `shift.schedule`. */
    cancel: Mutation<CancelShift, ShiftView, 'SHIFT_BEGUN' | 'SHIFT_CANCELLED' | Allowed>;
    /** Tells the caller what happens to their own shifts. Needs `shift.mine`. */
    watch: Subscription<WatchShifts | void, ShiftEvent, 'STREAM_RESET' | 'TOO_MANY_STREAMS' | Allowed>;
    /** Lists who is at work now. Needs `staff.read`. */
    onNow: Query<ListOnNow | void, OnNow, Allowed>;
    /** Begins work for a published shift; a manager may let somebody in. Needs `clock`. */
    clockIn: Mutation<ClockIn, Clocked, 'ALREADY_CLOCKED_IN' | 'IDEMPOTENCY_IN_PROGRESS' | 'IDEMPOTENCY_MISMATCH' | 'NO_SCHEDULED_SHIFT' | 'TOO_FAR' | Allowed>;
    /** Ends work, and a break that is on. Needs `clock`. */
    clockOut: Mutation<ClockOut, Clocked, 'IDEMPOTENCY_IN_PROGRESS' | 'IDEMPOTENCY_MISMATCH' | 'NOT_CLOCKED_IN' | Allowed>;
    /** Clocks in or out, whichever is next, once for a key. Needs `clock`. */
    clockToggle: Mutation<ClockToggle, Clocked, 'ALREADY_CLOCKED_IN' | 'IDEMPOTENCY_IN_PROGRESS' | 'IDEMPOTENCY_MISMATCH' | 'NOT_CLOCKED_IN' | 'NO_SCHEDULED_SHIFT' | 'TOO_FAR' | Allowed>;
    /** Begins a break, paid or not: off duty for that time. Needs `break`. */
    startBreak: Mutation<StartBreak, TimecardView, 'BREAK_STATE' | 'IDEMPOTENCY_IN_PROGRESS' | 'IDEMPOTENCY_MISMATCH' | 'NOT_CLOCKED_IN' | Allowed>;
    /** Ends the break that is on. Needs `break`. */
    endBreak: Mutation<EndBreak, TimecardView, 'BREAK_STATE' | 'IDEMPOTENCY_IN_PROGRESS' | 'IDEMPOTENCY_MISMATCH' | 'NOT_CLOCKED_IN' | Allowed>;
    /** Tells what was planned and worked in a week, also as a file of values. Needs `shift.mine`. */
    timesheet: Query<ShowTimesheet | void, Timesheet, Allowed>;
    /** Corrects somebody else’s timecard, with the reason. Needs `timesheet.edit`. */
    correct: Mutation<CorrectTimecard, TimecardView, 'CARD_OVERLAP' | 'OWN_CARD' | Allowed>;
  };
  files: {
    /** Takes a picture in, to be hung up somewhere within a day. Needs a sign-in. */
    upload: Mutation<Upload, PictureView, 'NOT_A_PICTURE' | 'PICTURE_TOO_LARGE' | SignedIn>;
  };
  profile: {
    /** Shows the caller, with the staff card of where they work. Needs a sign-in. */
    show: Query<void, ProfileView, SignedIn>;
    /** Changes names of the caller, and what they say of themselves. Needs a sign-in. */
    update: Mutation<UpdateProfile, ProfileView, 'NAME_TAKEN' | 'SESSION_REQUIRED' | SignedIn>;
    /** Hangs up a picture of the caller, or takes it down. Needs a sign-in. */
    setAvatar: Mutation<SetAvatar, ProfileView, 'NOT_FOUND' | 'PICTURE_IN_USE' | SignedIn>;
    /** Erases the caller: ends all work and sessions, and forgets who they were. Needs a sign-in. */
    erase: Mutation<Erase, Erased, 'INVALID_CREDENTIALS' | 'LAST_OF_ROLE' | 'ORDERS_OPEN' | 'SESSION_REQUIRED' | SignedIn>;
  };
  recipes: {
    /** Lists the recipes that the caller may read, newest first. Needs `recipe.read`. */
    list: Query<ListRecipes | void, RecipePage, Allowed>;
    /** Shows a recipe, as far as the caller may read it. Needs `recipe.read`. */
    show: Query<NameRecipe, RecipeView, Allowed>;
    /** Writes a recipe down. Needs `recipe.write`. */
    create: Mutation<CreateRecipe, RecipeView, 'RECIPE_TOO_SECRET' | Allowed>;
    /** Changes a recipe of one’s own; the master chef anybody’s. Needs `recipe.write`. */
    update: Mutation<UpdateRecipe, RecipeView, 'RECIPE_TOO_SECRET' | Allowed>;
    /** Takes a recipe out of the book; it can be restored. Needs `recipe.write`. */
    remove: Mutation<NameRecipe, RemovedRecipe, Allowed>;
    /** Puts a removed recipe back into the book. Needs `recipe.write`. */
    restore: Mutation<NameRecipe, RecipeView, Allowed>;
    /** Opens the vault, and writes down that it did. Needs `vault.open`. */
    vault: Mutation<OpenVault | void, Vault, Allowed>;
    /** Opens the vault in an emergency, and writes down why. Needs `vault.open`. */
    breakGlass: Mutation<BreakGlass, Vault, Allowed>;
    /** Lists the wines in the cellar. Needs `cellar.read`. */
    cellar: Query<ListWines | void, WinePage, Allowed>;
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
      /** Hangs up the photo of an item, or takes it down. Needs `menu.write`. */
      setPhoto: Mutation<SetPhoto, ItemView, 'PICTURE_IN_USE' | Allowed>;
    };
    /** Tells the whole menu, for a file or another restaurant. Needs `export`. */
    export: Query<ExportMenu | void, MenuFile, Allowed>;
    /** Adds or changes up to 200 items by their slugs, all or nothing. Needs `import`. */
    import: Mutation<ImportMenu, Imported, Allowed>;
  };
  tables: {
    /** Lists the tables, by section and name. Needs `table.read`. */
    list: Query<ListTables | void, TablePage, Allowed>;
    /** Adds a table, or brings back a removed one of that name. Needs `table.manage`. */
    create: Mutation<CreateTable, TableView, 'TABLE_NAME_TAKEN' | Allowed>;
    /** Changes a table. Needs `table.manage`. */
    update: Mutation<UpdateTable, TableView, 'TABLE_NAME_TAKEN' | 'TABLE_RESERVED' | Allowed>;
    /** Takes a table away; its name stays taken until it comes back. Needs `table.manage`. */
    remove: Mutation<NameTable, RemovedTable, 'TABLE_RESERVED' | Allowed>;
  };
  cart: {
    /** Lists the carts of a restaurant: whose they are and how full. Needs `console`. */
    list: Query<ListCarts | void, CartPage, Allowed>;
    /** Opens a cart; whoever is not signed in gets a token for it. Open to anyone. */
    open: Mutation<OpenCart | void, OpenedCart, 'AMOUNT_TOO_LARGE' | 'NOT_FOUND' | 'RESTAURANT_REQUIRED' | Always>;
    /** Shows the cart at the prices of this moment, and what is wrong with it. Needs `cart`. */
    show: Query<ShowCart | void, CartView, 'AMOUNT_TOO_LARGE' | 'GUEST_TOKEN_INVALID' | 'RESTAURANT_REQUIRED' | Allowed>;
    /** Puts so many of an item into the cart. Needs `cart`. */
    add: Mutation<AddToCart, CartView, 'AMOUNT_TOO_LARGE' | 'CART_FULL' | 'CART_LINE_FULL' | 'GUEST_TOKEN_INVALID' | 'OPTIONS_INVALID' | 'RESTAURANT_REQUIRED' | Allowed>;
    /** Sets how many of a line there are, and accepts its price; 0 removes it. Needs `cart`. */
    setQuantity: Mutation<SetQuantity, CartView, 'AMOUNT_TOO_LARGE' | 'GUEST_TOKEN_INVALID' | 'RESTAURANT_REQUIRED' | Allowed>;
    /** Takes a line out of the cart. Needs `cart`. */
    remove: Mutation<RemoveLine, CartView, 'AMOUNT_TOO_LARGE' | 'GUEST_TOKEN_INVALID' | 'RESTAURANT_REQUIRED' | Allowed>;
    /** Empties the cart. Needs `cart`. */
    clear: Mutation<ClearCart | void, CartView, 'GUEST_TOKEN_INVALID' | 'RESTAURANT_REQUIRED' | Allowed>;
  };
  orders: {
    /** Orders what is in the cart, once for a key. Needs `order.place`. */
    place: Mutation<PlaceOrder, OrderView, 'AMOUNT_TOO_LARGE' | 'CART_EMPTY' | 'CART_ISSUES' | 'GUEST_TOKEN_INVALID' | 'IDEMPOTENCY_IN_PROGRESS' | 'IDEMPOTENCY_MISMATCH' | 'PRICE_CHANGED' | 'RESTAURANT_REQUIRED' | 'SOLD_OUT' | 'TYPE_NOT_OFFERED' | Allowed>;
    /** Takes an order down for guests, or a round more of one. Needs `order.take`. */
    take: Mutation<TakeOrder, OrderView, 'AMOUNT_TOO_LARGE' | 'CART_ISSUES' | 'IDEMPOTENCY_IN_PROGRESS' | 'IDEMPOTENCY_MISMATCH' | 'ILLEGAL_TRANSITION' | 'ORDER_SETTLED' | 'ORDER_UNREADY' | 'SOLD_OUT' | 'TYPE_NOT_OFFERED' | Allowed>;
    /** Lists the orders that the caller may see, newest first. Needs `order.read`. */
    list: Query<ListOrders | void, OrderPage, 'RESTAURANT_REQUIRED' | Allowed>;
    /** Shows an order with its items, sums, payments and history. Needs `order.read`. */
    show: Query<NameOrder, OrderView, 'GUEST_TOKEN_INVALID' | 'RESTAURANT_REQUIRED' | Allowed>;
    /** Tells where the caller can take an order now. Needs `order.read`. */
    nextStates: Query<NameOrder, NextStates, 'RESTAURANT_REQUIRED' | Allowed>;
    /** Takes an order a step on, where the role of the caller may. Needs `order.read`. */
    advance: Mutation<AdvanceOrder, OrderView, 'ILLEGAL_TRANSITION' | 'ORDER_UNREADY' | 'RESTAURANT_REQUIRED' | Allowed>;
    /** Calls an order off; what was never cooked goes back to the stock. Needs `order.cancel`. */
    cancel: Mutation<CancelOrder, OrderView, 'IDEMPOTENCY_IN_PROGRESS' | 'IDEMPOTENCY_MISMATCH' | 'ILLEGAL_TRANSITION' | 'ORDER_UNREADY' | 'RESTAURANT_REQUIRED' | Allowed>;
    /** Gives a delivery to somebody of the crew, or takes it back. Needs `order.assign`. */
    assign: Mutation<AssignOrder, OrderView, 'ASSIGNEE_UNFIT' | 'ORDER_SETTLED' | 'ORDER_UNREADY' | Allowed>;
    /** Takes a delivery that nobody has yet. Needs `order.deliver`. */
    claim: Mutation<NameOrder, OrderView, 'ALREADY_ASSIGNED' | 'ASSIGNEE_UNFIT' | 'ORDER_SETTLED' | Allowed>;
    /** Writes down that an order was paid at the counter. Needs `order.serve`. */
    recordPayment: Mutation<RecordPayment, OrderView, 'IDEMPOTENCY_IN_PROGRESS' | 'IDEMPOTENCY_MISMATCH' | 'ORDER_SETTLED' | Allowed>;
    /** Writes down that money went back, and why. Needs `order.refund`. */
    refund: Mutation<RefundOrder, OrderView, 'IDEMPOTENCY_IN_PROGRESS' | 'IDEMPOTENCY_MISMATCH' | 'REFUND_TOO_LARGE' | Allowed>;
    /** Takes something off what an order costs, and says why. Needs `order.discount`. */
    discount: Mutation<DiscountOrder, OrderView, 'AMOUNT_TOO_LARGE' | 'ORDER_SETTLED' | Allowed>;
    /** Tells what happens to the orders that the caller may see, or to one of them. Needs `order.read`. */
    watch: Subscription<WatchOrders | void, OrderEvent, 'GUEST_TOKEN_INVALID' | 'RESTAURANT_REQUIRED' | 'STREAM_RESET' | 'TOO_MANY_STREAMS' | Allowed>;
  };
  kitchen: {
    /** Tells how the kitchen stands: what waits, and what there is. Needs `kitchen.status`. */
    status: Query<ShowKitchen | void, KitchenStatus, Allowed>;
    /** Lists the tickets to be cooked, oldest first, of one station or all. Needs `order.cook`. */
    queue: Query<ListTickets | void, TicketPage, Allowed>;
    /** Begins to cook an item. Needs `order.cook`. */
    startItem: Mutation<NameOrderItem, Tickets, 'ILLEGAL_TRANSITION' | 'ITEM_STATE' | 'ORDER_SETTLED' | 'ORDER_UNREADY' | Allowed>;
    /** Says that an item is done. Needs `order.cook`. */
    finishItem: Mutation<NameOrderItem, Tickets, 'ILLEGAL_TRANSITION' | 'ITEM_STATE' | 'ORDER_SETTLED' | 'ORDER_UNREADY' | Allowed>;
    /** Takes an item up again that was done, and says why. Needs `order.cook`. */
    recall: Mutation<RecallItem, Tickets, 'ILLEGAL_TRANSITION' | 'ITEM_STATE' | 'ORDER_SETTLED' | 'ORDER_UNREADY' | Allowed>;
    /** Tells how the tickets hang, of one station or all. Needs `order.cook`. */
    watch: Subscription<WatchKitchen | void, KitchenEvent, 'STREAM_RESET' | 'TOO_MANY_STREAMS' | Allowed>;
  };
  reservations: {
    /** Tells when a party can come on a day, and where a table is free. Open to anyone. */
    availability: Query<AskAvailability, Availability, 'NOT_BOOKABLE' | 'NOT_FOUND' | 'RESTAURANT_REQUIRED' | Always>;
    /** Reserves the smallest table that is free, once for a key. Needs `reservation.request`. */
    request: Mutation<RequestReservation, ReservationView, 'IDEMPOTENCY_IN_PROGRESS' | 'IDEMPOTENCY_MISMATCH' | 'NOT_BOOKABLE' | 'NO_TABLE' | 'RESERVATION_LIMIT' | 'RESTAURANT_REQUIRED' | Allowed>;
    /** Lists the caller’s own reservations, the latest start first. Needs `reservation.request`. */
    mine: Query<MyReservations | void, ReservationPage, 'RESTAURANT_REQUIRED' | Allowed>;
    /** Calls a reservation off; its tables are free again. Needs `reservation.request`. */
    cancel: Mutation<CancelReservation, ReservationView, 'IDEMPOTENCY_IN_PROGRESS' | 'IDEMPOTENCY_MISMATCH' | 'RESERVATION_LATE' | 'RESERVATION_STATE' | 'RESTAURANT_REQUIRED' | Allowed>;
    /** Lists the reservations of the restaurant, by their start. Needs `reservation.read`. */
    list: Query<ListReservations | void, ReservationPage, Allowed>;
    /** Says yes to a request. Needs `reservation.manage`. */
    confirm: Mutation<NameReservation, ReservationView, 'RESERVATION_STATE' | Allowed>;
    /** Writes down that the party has come. Needs `reservation.manage`. */
    seat: Mutation<NameReservation, ReservationView, 'RESERVATION_EARLY' | 'RESERVATION_STATE' | Allowed>;
    /** Writes down that the party has left; its tables are free again. Needs `reservation.manage`. */
    complete: Mutation<NameReservation, ReservationView, 'RESERVATION_STATE' | Allowed>;
    /** Writes down that the party never came; its tables are free again. Needs `reservation.manage`. */
    noShow: Mutation<NameReservation, ReservationView, 'RESERVATION_EARLY' | 'RESERVATION_STATE' | Allowed>;
  };
  tasks: {
    /** Lists what the caller has to do, or has given to others; newest first. Needs `task`. */
    list: Query<ListTasks | void, TaskPage, Allowed>;
    /** Shows a task to whoever has it or gave it. Needs `task`. */
    show: Query<NameTask, TaskView, Allowed>;
    /** Writes down a task, or gives it to somebody of the staff. Needs `task`. */
    create: Mutation<CreateTask, TaskView, Allowed>;
    /** Rewords a task, or says whether it is done. Needs `task`. */
    update: Mutation<UpdateTask, TaskView, 'TASK_GIVEN' | Allowed>;
    /** Removes a task. Needs `task`. */
    remove: Mutation<NameTask, RemovedTask, 'TASK_GIVEN' | Allowed>;
  };
  books: {
    /** Lists books that people recommend, newest first. Open to anyone. */
    list: Query<ListBooks | void, BookPage, Always>;
    /** Shows a book. Open to anyone. */
    show: Query<NameBook, BookView, 'NOT_FOUND' | Always>;
    /** Adds a book of the caller’s. Needs `book.write`. */
    create: Mutation<CreateBook, BookView, 'ISBN_TAKEN' | Allowed>;
    /** Changes a book of the caller’s. Needs `book.write`. */
    update: Mutation<UpdateBook, BookView, 'ISBN_TAKEN' | Allowed>;
    /** Hangs up the cover of a book of the caller’s, or takes it down. Needs `book.write`. */
    setCover: Mutation<SetCover, BookView, 'PICTURE_IN_USE' | Allowed>;
    /** Removes a book of the caller’s, and frees its ISBN. Needs `book.write`. */
    remove: Mutation<NameBook, RemovedBook, Allowed>;
  };
  audit: {
    /** Lists who did what, newest first. Needs `audit.read`. */
    list: Query<ListAudit | void, AuditPage, Allowed>;
  };
  reports: {
    /** Tells how the restaurant does, today and over the last days. Needs `report.read`. */
    dashboard: Query<ShowDashboard | void, Dashboard, Allowed>;
  };
}
