// Made from the router by `npm run contract`; not to be changed by hand.
// oxfmt-ignore
import type { TRPCMutationProcedure as Mutation, TRPCQueryProcedure as Query, TRPCSubscriptionProcedure as Subscription } from '@trpc/server';
import type { StreamEvent } from '../calls.ts';
// oxfmt-ignore
import type { AddToCart, AdvanceOrder, AskAvailability, AskUsage, AssignOrder, AuditPage, Availability, BookPage, BookView, BreakGlass, CancelOrder, CancelReservation, CancelShift, CartPage, CartView, CategoryList, CategoryView, ChangePassword, ClearCart, ClockIn, ClockOut, ClockToggle, Clocked, CorrectTimecard, CreateBook, CreateCategory, CreateItem, CreatePerson, CreateRecipe, CreateRestaurant, CreateTable, CreateTask, Dashboard, DiscountOrder, EndBreak, Ended, Erase, Erased, ExportMenu, ImportMenu, Imported, IssuePass, ItemPage, ItemView, KitchenEvent, KitchenStatus, ListAudit, ListBooks, ListCarts, ListCategories, ListMenu, ListOnNow, ListOrders, ListOwnShifts, ListPeople, ListRecipes, ListReservations, ListRestaurants, ListShifts, ListTables, ListTasks, ListTickets, ListWines, LoggedOut, Login, Logout, MenuFile, MyReservations, NameBook, NameCategory, NameItem, NameOrder, NameOrderItem, NamePerson, NameRecipe, NameReservation, NameTable, NameTask, NextStates, OnNow, OpenCart, OpenVault, OpenedCart, OrderEvent, OrderPage, OrderView, OwnPermissions, OwnQuotas, PassList, PassView, PauseRestaurant, PermissionMatrix, PersonPage, PersonView, PictureView, PlaceOrder, ProfileView, PublishShifts, PublishedShifts, QuotaPolicies, QuotasSet, RecallItem, RecipePage, RecipeView, RecordPayment, Refresh, RefundOrder, Register, RemoveLine, Removed, RemovedBook, RemovedRecipe, RemovedTable, RemovedTask, RequestReservation, ReservationPage, ReservationView, ResetCodeView, ResetPassword, RestaurantDetail, RestaurantPage, ResumeRestaurant, Revoke, ScheduleShift, SessionList, SessionView, SetAvailability, SetAvatar, SetCover, SetHours, SetLevel, SetPhoto, SetQuantity, SetQuota, SetRole, SetStock, ShiftEvent, ShiftPage, ShiftView, ShowCart, ShowDashboard, ShowKitchen, ShowRestaurant, ShowTimesheet, SignedInView, StartBreak, SwitchRestaurant, SwitchedView, TablePage, TableView, TakeOrder, TaskPage, TaskView, TicketPage, Tickets, TimecardView, Timesheet, UpdateBook, UpdateCategory, UpdateItem, UpdateProfile, UpdateRecipe, UpdateRestaurant, UpdateShift, UpdateTable, UpdateTask, Upload, UsageReport, Vault, WatchKitchen, WatchOrders, WatchShifts, WinePage } from './api.ts';
import type { Of } from './router.ts';

// oxfmt-ignore
type Always = 'UPGRADE_REQUIRED' | 'VALIDATION' | 'VERSION_CONFLICT' | 'QUOTA_EXCEEDED' | 'OVERLOADED' | 'DB_BUSY' | 'DB_UNAVAILABLE' | 'STORAGE_FULL' | 'OUTCOME_UNKNOWN' | 'TOKEN_INVALID';
type SignedIn = 'UNAUTHENTICATED' | Always;
type Allowed = 'NOT_FOUND' | 'FORBIDDEN' | 'OFF_SHIFT' | SignedIn;

// oxfmt-ignore
/** Every call of the service, as a procedure of tRPC. */
export type Routes = {
  auth: {
    /** Makes an account and signs it in. Open to anyone. */
    register: Mutation<Of<Register, SignedInView, 'NAME_TAKEN' | 'ORIGIN_DENIED' | 'PASSWORD_WEAK' | Always>>;
    /** Signs in and starts a session. Open to anyone. */
    login: Mutation<Of<Login, SignedInView, 'INVALID_CREDENTIALS' | 'NOT_STAFF' | 'ORIGIN_DENIED' | 'STAFF_PROFILE_MISSING' | Always>>;
    /** Trades a refresh token for new tokens. Open to anyone. */
    refresh: Mutation<Of<Refresh | void, SignedInView, 'ORIGIN_DENIED' | 'TOKEN_REUSED' | Always>>;
    /** Ends the session. Open to anyone. */
    logout: Mutation<Of<Logout | void, LoggedOut, 'ORIGIN_DENIED' | Always>>;
    /** Sets a new password by a one-use code and ends every session. Open to anyone. */
    resetPassword: Mutation<Of<ResetPassword, Ended, 'CODE_INVALID' | 'PASSWORD_WEAK' | Always>>;
    /** Tells who is signed in, with which role and capabilities, and until when. Needs a sign-in. */
    session: Query<Of<void, SessionView, SignedIn>>;
    /** Changes the password and ends every other session. Needs a sign-in. */
    changePassword: Mutation<Of<ChangePassword, Ended, 'INVALID_CREDENTIALS' | 'PASSWORD_WEAK' | 'SESSION_REQUIRED' | SignedIn>>;
    /** Moves the session to another membership, or to none. Needs a sign-in. */
    switchRestaurant: Mutation<Of<SwitchRestaurant, SwitchedView, 'SESSION_REQUIRED' | 'STAFF_PROFILE_MISSING' | SignedIn>>;
    sessions: {
      /** Lists the sessions of the account. Needs a sign-in. */
      list: Query<Of<void, SessionList, 'SESSION_REQUIRED' | SignedIn>>;
      /** Ends one session of the account. Needs a sign-in. */
      revoke: Mutation<Of<Revoke, Ended, 'NOT_FOUND' | 'SESSION_REQUIRED' | SignedIn>>;
      /** Ends every session of the account but this one. Needs a sign-in. */
      revokeOthers: Mutation<Of<void, Ended, 'SESSION_REQUIRED' | SignedIn>>;
    };
    passes: {
      /** Issues a device pass; its token is told this once. Needs a sign-in. */
      issue: Mutation<Of<IssuePass, PassView, 'SESSION_REQUIRED' | SignedIn>>;
      /** Lists the device passes of the account. Needs a sign-in. */
      list: Query<Of<void, PassList, 'SESSION_REQUIRED' | SignedIn>>;
      /** Ends one device pass of the account. Needs a sign-in. */
      revoke: Mutation<Of<Revoke, Ended, 'NOT_FOUND' | SignedIn>>;
    };
  };
  people: {
    /** Lists the people of a restaurant. Needs `staff.read`. */
    list: Query<Of<ListPeople | void, PersonPage, Allowed>>;
    /** Shows one person of a restaurant. Needs `staff.read`. */
    show: Query<Of<NamePerson, PersonView, Allowed>>;
    /** Hires somebody, with a new account or one they have. Needs `staff.create`. */
    create: Mutation<Of<CreatePerson, PersonView, 'ALREADY_STAFF' | 'GRANT_REFUSED' | 'LEVEL_TOO_HIGH' | 'NAME_TAKEN' | 'OWN_ROLE' | 'PASSWORD_WEAK' | Allowed>>;
    /** Gives a person another role. Needs `staff.role`. */
    setRole: Mutation<Of<SetRole, PersonView, 'GRANT_REFUSED' | 'LAST_OF_ROLE' | 'OWN_ROLE' | Allowed>>;
    /** Lowers the level of a person, or lifts it back to that of the role. Needs `staff.role`. */
    setLevel: Mutation<Of<SetLevel, PersonView, 'GRANT_REFUSED' | 'LEVEL_TOO_HIGH' | 'OWN_ROLE' | Allowed>>;
    /** Ends a membership; its role works no more. Needs `staff.role`. */
    deactivate: Mutation<Of<NamePerson, PersonView, 'GRANT_REFUSED' | 'LAST_OF_ROLE' | 'OWN_ROLE' | Allowed>>;
    /** Brings a membership back. Needs `staff.role`. */
    reactivate: Mutation<Of<NamePerson, PersonView, 'GRANT_REFUSED' | 'OWN_ROLE' | Allowed>>;
    /** Issues a one-use code with which a person sets a new password. Needs `staff.role`. */
    issueResetCode: Mutation<Of<NamePerson, ResetCodeView, 'ACCOUNT_INDEPENDENT' | 'GRANT_REFUSED' | 'OWN_ROLE' | 'SESSION_REQUIRED' | Allowed>>;
    /** Closes an account everywhere and ends its sessions. Needs `user.deactivate`. */
    deactivateAccount: Mutation<Of<NamePerson, Ended, 'LAST_OF_ROLE' | 'OWN_ROLE' | Allowed>>;
  };
  restaurants: {
    /** Lists the restaurants. Open to anyone. */
    list: Query<Of<ListRestaurants | void, RestaurantPage, Always>>;
    /** Shows one restaurant, its hours, and whether it is open. Open to anyone. */
    show: Query<Of<ShowRestaurant | void, RestaurantDetail, 'NOT_FOUND' | 'RESTAURANT_REQUIRED' | Always>>;
    /** Opens a restaurant. Needs `restaurant.create`. */
    create: Mutation<Of<CreateRestaurant, RestaurantDetail, 'SLUG_TAKEN' | Allowed>>;
    /** Changes what is said about a restaurant. Needs `settings`. */
    update: Mutation<Of<UpdateRestaurant, RestaurantDetail, 'SLUG_TAKEN' | Allowed>>;
    /** Sets the opening hours, with exceptions by date. Needs `settings`. */
    setHours: Mutation<Of<SetHours, RestaurantDetail, Allowed>>;
    /** Takes no orders for a while, with a word to the guests. Needs `settings`. */
    pause: Mutation<Of<PauseRestaurant, RestaurantDetail, Allowed>>;
    /** Takes orders again. Needs `settings`. */
    resume: Mutation<Of<ResumeRestaurant | void, RestaurantDetail, Allowed>>;
  };
  quotas: {
    /** Tells how much every role may use. Open to anyone. */
    policy: Query<Of<void, QuotaPolicies, Always>>;
    /** Tells what is left of the caller’s own budgets, and what they used in a day. Needs `quota.mine`. */
    mine: Query<Of<void, OwnQuotas, Allowed>>;
    /** Tells who called how often in the last 24 hours. Needs `report.read`. */
    usage: Query<Of<AskUsage | void, UsageReport, Allowed>>;
    /** Gives a role other budgets, or those of the preset back. Needs `quota.set`. */
    set: Mutation<Of<SetQuota, QuotasSet, Allowed>>;
  };
  permissions: {
    /** Tells what the caller may do. Needs a sign-in. */
    mine: Query<Of<void, OwnPermissions, SignedIn>>;
    /** Tells what every role may do. Open to anyone. */
    matrix: Query<Of<void, PermissionMatrix, Always>>;
  };
  shifts: {
    /** Lists the caller’s own published shifts, from now on unless it is said. Needs `shift.mine`. */
    mine: Query<Of<ListOwnShifts | void, ShiftPage, Allowed>>;
    /** Lists the shifts of a restaurant by their start. Needs `staff.read`. */
    list: Query<Of<ListShifts | void, ShiftPage, Allowed>>;
    /** Plans when somebody works, as a draft or published at once. Needs `shift.schedule`. */
    schedule: Mutation<Of<ScheduleShift, ShiftView, 'SHIFT_OVERLAP' | Allowed>>;
    /** Publishes shifts: those who work them see them and are told. Needs `shift.schedule`. */
    publish: Mutation<Of<PublishShifts, PublishedShifts, 'SHIFT_CANCELLED' | Allowed>>;
    /** Changes a shift, or gives it to somebody else. Needs `shift.schedule`. */
    update: Mutation<Of<UpdateShift, ShiftView, 'SHIFT_BEGUN' | 'SHIFT_CANCELLED' | 'SHIFT_OVERLAP' | Allowed>>;
    /** Takes a shift out of the plan. Needs `shift.schedule`. */
    cancel: Mutation<Of<CancelShift, ShiftView, 'SHIFT_BEGUN' | 'SHIFT_CANCELLED' | Allowed>>;
    /** Tells the caller what happens to their own shifts. Needs `shift.mine`. */
    watch: Subscription<Of<WatchShifts | void, AsyncIterable<StreamEvent<ShiftEvent>>, 'STREAM_RESET' | 'TOO_MANY_STREAMS' | Allowed>>;
    /** Lists who is at work now. Needs `staff.read`. */
    onNow: Query<Of<ListOnNow | void, OnNow, Allowed>>;
    /** Begins work for a published shift; a manager may let somebody in. Needs `clock`. */
    clockIn: Mutation<Of<ClockIn, Clocked, 'ALREADY_CLOCKED_IN' | 'IDEMPOTENCY_IN_PROGRESS' | 'IDEMPOTENCY_MISMATCH' | 'NO_SCHEDULED_SHIFT' | 'TOO_FAR' | Allowed>>;
    /** Ends work, and a break that is on. Needs `clock`. */
    clockOut: Mutation<Of<ClockOut, Clocked, 'IDEMPOTENCY_IN_PROGRESS' | 'IDEMPOTENCY_MISMATCH' | 'NOT_CLOCKED_IN' | Allowed>>;
    /** Clocks in or out, whichever is next, once for a key. Needs `clock`. */
    clockToggle: Mutation<Of<ClockToggle, Clocked, 'ALREADY_CLOCKED_IN' | 'IDEMPOTENCY_IN_PROGRESS' | 'IDEMPOTENCY_MISMATCH' | 'NOT_CLOCKED_IN' | 'NO_SCHEDULED_SHIFT' | 'TOO_FAR' | Allowed>>;
    /** Begins a break, paid or not: off duty for that time. Needs `break`. */
    startBreak: Mutation<Of<StartBreak, TimecardView, 'BREAK_STATE' | 'IDEMPOTENCY_IN_PROGRESS' | 'IDEMPOTENCY_MISMATCH' | 'NOT_CLOCKED_IN' | Allowed>>;
    /** Ends the break that is on. Needs `break`. */
    endBreak: Mutation<Of<EndBreak, TimecardView, 'BREAK_STATE' | 'IDEMPOTENCY_IN_PROGRESS' | 'IDEMPOTENCY_MISMATCH' | 'NOT_CLOCKED_IN' | Allowed>>;
    /** Tells what was planned and worked in a week, also as a file of values. Needs `shift.mine`. */
    timesheet: Query<Of<ShowTimesheet | void, Timesheet, Allowed>>;
    /** Corrects somebody else’s timecard, with the reason. Needs `timesheet.edit`. */
    correct: Mutation<Of<CorrectTimecard, TimecardView, 'CARD_OVERLAP' | 'OWN_CARD' | Allowed>>;
  };
  files: {
    /** Takes a picture in, to be hung up somewhere within a day. Needs a sign-in. */
    upload: Mutation<Of<Upload, PictureView, 'NOT_A_PICTURE' | 'PICTURE_TOO_LARGE' | SignedIn>>;
  };
  profile: {
    /** Shows the caller, with the staff card of where they work. Needs a sign-in. */
    show: Query<Of<void, ProfileView, SignedIn>>;
    /** Changes names of the caller, and what they say of themselves. Needs a sign-in. */
    update: Mutation<Of<UpdateProfile, ProfileView, 'NAME_TAKEN' | 'SESSION_REQUIRED' | SignedIn>>;
    /** Hangs up a picture of the caller, or takes it down. Needs a sign-in. */
    setAvatar: Mutation<Of<SetAvatar, ProfileView, 'NOT_FOUND' | 'PICTURE_IN_USE' | SignedIn>>;
    /** Erases the caller: ends all work and sessions, and forgets who they were. Needs a sign-in. */
    erase: Mutation<Of<Erase, Erased, 'INVALID_CREDENTIALS' | 'LAST_OF_ROLE' | 'ORDERS_OPEN' | 'SESSION_REQUIRED' | SignedIn>>;
  };
  recipes: {
    /** Lists the recipes that the caller may read, newest first. Needs `recipe.read`. */
    list: Query<Of<ListRecipes | void, RecipePage, Allowed>>;
    /** Shows a recipe, as far as the caller may read it. Needs `recipe.read`. */
    show: Query<Of<NameRecipe, RecipeView, Allowed>>;
    /** Writes a recipe down. Needs `recipe.write`. */
    create: Mutation<Of<CreateRecipe, RecipeView, 'RECIPE_TOO_SECRET' | Allowed>>;
    /** Changes a recipe of one’s own; the master chef anybody’s. Needs `recipe.write`. */
    update: Mutation<Of<UpdateRecipe, RecipeView, 'RECIPE_TOO_SECRET' | Allowed>>;
    /** Takes a recipe out of the book; it can be restored. Needs `recipe.write`. */
    remove: Mutation<Of<NameRecipe, RemovedRecipe, Allowed>>;
    /** Puts a removed recipe back into the book. Needs `recipe.write`. */
    restore: Mutation<Of<NameRecipe, RecipeView, Allowed>>;
    /** Opens the vault, and writes down that it did. Needs `vault.open`. */
    vault: Mutation<Of<OpenVault | void, Vault, Allowed>>;
    /** Opens the vault in an emergency, and writes down why. Needs `vault.open`. */
    breakGlass: Mutation<Of<BreakGlass, Vault, Allowed>>;
    /** Lists the wines in the cellar. Needs `cellar.read`. */
    cellar: Query<Of<ListWines | void, WinePage, Allowed>>;
  };
  menu: {
    /** Lists a menu: filtered, searched and sorted, page by page. Open to anyone. */
    list: Query<Of<ListMenu | void, ItemPage, 'NOT_FOUND' | 'RESTAURANT_REQUIRED' | Always>>;
    /** Shows one item of a menu. Open to anyone. */
    show: Query<Of<NameItem, ItemView, 'NOT_FOUND' | 'RESTAURANT_REQUIRED' | Always>>;
    categories: {
      /** Lists the categories of a menu, in their order. Open to anyone. */
      list: Query<Of<ListCategories | void, CategoryList, 'NOT_FOUND' | 'RESTAURANT_REQUIRED' | Always>>;
      /** Adds a category to the menu. Needs `category.write`. */
      create: Mutation<Of<CreateCategory, CategoryView, 'MENU_SLUG_TAKEN' | Allowed>>;
      /** Changes a category. Needs `category.write`. */
      update: Mutation<Of<UpdateCategory, CategoryView, 'MENU_SLUG_TAKEN' | Allowed>>;
      /** Takes an empty category off the menu. Needs `category.write`. */
      remove: Mutation<Of<NameCategory, Removed, 'CATEGORY_IN_USE' | Allowed>>;
    };
    items: {
      /** Adds an item to the menu, with its options. Needs `menu.write`. */
      create: Mutation<Of<CreateItem, ItemView, 'MENU_SLUG_TAKEN' | Allowed>>;
      /** Changes an item. Needs `menu.write`. */
      update: Mutation<Of<UpdateItem, ItemView, 'MENU_SLUG_TAKEN' | Allowed>>;
      /** Takes an item off the menu; it can be restored. Needs `menu.write`. */
      remove: Mutation<Of<NameItem, Removed, Allowed>>;
      /** Puts a removed item back on the menu. Needs `menu.write`. */
      restore: Mutation<Of<NameItem, ItemView, Allowed>>;
      /** Switches an item, or one of its options, off for today, or on again. Needs `menu.availability`. */
      setAvailability: Mutation<Of<SetAvailability, ItemView, Allowed>>;
      /** Says how many of an item there are, or that nobody counts. Needs `inventory.manage`. */
      setStock: Mutation<Of<SetStock, ItemView, Allowed>>;
      /** Hangs up the photo of an item, or takes it down. Needs `menu.write`. */
      setPhoto: Mutation<Of<SetPhoto, ItemView, 'PICTURE_IN_USE' | Allowed>>;
    };
    /** Tells the whole menu, for a file or another restaurant. Needs `export`. */
    export: Query<Of<ExportMenu | void, MenuFile, Allowed>>;
    /** Adds or changes up to 200 items by their slugs, all or nothing. Needs `import`. */
    import: Mutation<Of<ImportMenu, Imported, Allowed>>;
  };
  tables: {
    /** Lists the tables, by section and name. Needs `table.read`. */
    list: Query<Of<ListTables | void, TablePage, Allowed>>;
    /** Adds a table, or brings back a removed one of that name. Needs `table.manage`. */
    create: Mutation<Of<CreateTable, TableView, 'TABLE_NAME_TAKEN' | Allowed>>;
    /** Changes a table. Needs `table.manage`. */
    update: Mutation<Of<UpdateTable, TableView, 'TABLE_NAME_TAKEN' | 'TABLE_RESERVED' | Allowed>>;
    /** Takes a table away; its name stays taken until it comes back. Needs `table.manage`. */
    remove: Mutation<Of<NameTable, RemovedTable, 'TABLE_RESERVED' | Allowed>>;
  };
  cart: {
    /** Lists the carts of a restaurant: whose they are and how full. Needs `console`. */
    list: Query<Of<ListCarts | void, CartPage, Allowed>>;
    /** Opens a cart; whoever is not signed in gets a token for it. Open to anyone. */
    open: Mutation<Of<OpenCart | void, OpenedCart, 'AMOUNT_TOO_LARGE' | 'NOT_FOUND' | 'RESTAURANT_REQUIRED' | Always>>;
    /** Shows the cart at the prices of this moment, and what is wrong with it. Needs `cart`. */
    show: Query<Of<ShowCart | void, CartView, 'AMOUNT_TOO_LARGE' | 'GUEST_TOKEN_INVALID' | 'RESTAURANT_REQUIRED' | Allowed>>;
    /** Puts so many of an item into the cart. Needs `cart`. */
    add: Mutation<Of<AddToCart, CartView, 'AMOUNT_TOO_LARGE' | 'CART_FULL' | 'CART_LINE_FULL' | 'GUEST_TOKEN_INVALID' | 'OPTIONS_INVALID' | 'RESTAURANT_REQUIRED' | Allowed>>;
    /** Sets how many of a line there are, and accepts its price; 0 removes it. Needs `cart`. */
    setQuantity: Mutation<Of<SetQuantity, CartView, 'AMOUNT_TOO_LARGE' | 'GUEST_TOKEN_INVALID' | 'RESTAURANT_REQUIRED' | Allowed>>;
    /** Takes a line out of the cart. Needs `cart`. */
    remove: Mutation<Of<RemoveLine, CartView, 'AMOUNT_TOO_LARGE' | 'GUEST_TOKEN_INVALID' | 'RESTAURANT_REQUIRED' | Allowed>>;
    /** Empties the cart. Needs `cart`. */
    clear: Mutation<Of<ClearCart | void, CartView, 'GUEST_TOKEN_INVALID' | 'RESTAURANT_REQUIRED' | Allowed>>;
  };
  orders: {
    /** Orders what is in the cart, once for a key. Needs `order.place`. */
    place: Mutation<Of<PlaceOrder, OrderView, 'AMOUNT_TOO_LARGE' | 'CART_EMPTY' | 'CART_ISSUES' | 'GUEST_TOKEN_INVALID' | 'IDEMPOTENCY_IN_PROGRESS' | 'IDEMPOTENCY_MISMATCH' | 'PRICE_CHANGED' | 'RESTAURANT_REQUIRED' | 'SOLD_OUT' | 'TYPE_NOT_OFFERED' | Allowed>>;
    /** Takes an order down for guests, or a round more of one. Needs `order.take`. */
    take: Mutation<Of<TakeOrder, OrderView, 'AMOUNT_TOO_LARGE' | 'CART_ISSUES' | 'IDEMPOTENCY_IN_PROGRESS' | 'IDEMPOTENCY_MISMATCH' | 'ILLEGAL_TRANSITION' | 'ORDER_SETTLED' | 'ORDER_UNREADY' | 'SOLD_OUT' | 'TYPE_NOT_OFFERED' | Allowed>>;
    /** Lists the orders that the caller may see, newest first. Needs `order.read`. */
    list: Query<Of<ListOrders | void, OrderPage, 'RESTAURANT_REQUIRED' | Allowed>>;
    /** Shows an order with its items, sums, payments and history. Needs `order.read`. */
    show: Query<Of<NameOrder, OrderView, 'GUEST_TOKEN_INVALID' | 'RESTAURANT_REQUIRED' | Allowed>>;
    /** Tells where the caller can take an order now. Needs `order.read`. */
    nextStates: Query<Of<NameOrder, NextStates, 'RESTAURANT_REQUIRED' | Allowed>>;
    /** Takes an order a step on, where the role of the caller may. Needs `order.read`. */
    advance: Mutation<Of<AdvanceOrder, OrderView, 'ILLEGAL_TRANSITION' | 'ORDER_UNREADY' | 'RESTAURANT_REQUIRED' | Allowed>>;
    /** Calls an order off; what was never cooked goes back to the stock. Needs `order.cancel`. */
    cancel: Mutation<Of<CancelOrder, OrderView, 'IDEMPOTENCY_IN_PROGRESS' | 'IDEMPOTENCY_MISMATCH' | 'ILLEGAL_TRANSITION' | 'ORDER_UNREADY' | 'RESTAURANT_REQUIRED' | Allowed>>;
    /** Gives a delivery to somebody of the crew, or takes it back. Needs `order.assign`. */
    assign: Mutation<Of<AssignOrder, OrderView, 'ASSIGNEE_UNFIT' | 'ORDER_SETTLED' | 'ORDER_UNREADY' | Allowed>>;
    /** Takes a delivery that nobody has yet. Needs `order.deliver`. */
    claim: Mutation<Of<NameOrder, OrderView, 'ALREADY_ASSIGNED' | 'ASSIGNEE_UNFIT' | 'ORDER_SETTLED' | Allowed>>;
    /** Writes down that an order was paid at the counter. Needs `order.serve`. */
    recordPayment: Mutation<Of<RecordPayment, OrderView, 'IDEMPOTENCY_IN_PROGRESS' | 'IDEMPOTENCY_MISMATCH' | 'ORDER_SETTLED' | Allowed>>;
    /** Writes down that money went back, and why. Needs `order.refund`. */
    refund: Mutation<Of<RefundOrder, OrderView, 'IDEMPOTENCY_IN_PROGRESS' | 'IDEMPOTENCY_MISMATCH' | 'REFUND_TOO_LARGE' | Allowed>>;
    /** Takes something off what an order costs, and says why. Needs `order.discount`. */
    discount: Mutation<Of<DiscountOrder, OrderView, 'AMOUNT_TOO_LARGE' | 'ORDER_SETTLED' | Allowed>>;
    /** Tells what happens to the orders that the caller may see, or to one of them. Needs `order.read`. */
    watch: Subscription<Of<WatchOrders | void, AsyncIterable<StreamEvent<OrderEvent>>, 'GUEST_TOKEN_INVALID' | 'RESTAURANT_REQUIRED' | 'STREAM_RESET' | 'TOO_MANY_STREAMS' | Allowed>>;
  };
  kitchen: {
    /** Tells how the kitchen stands: what waits, and what there is. Needs `kitchen.status`. */
    status: Query<Of<ShowKitchen | void, KitchenStatus, Allowed>>;
    /** Lists the tickets to be cooked, oldest first, of one station or all. Needs `order.cook`. */
    queue: Query<Of<ListTickets | void, TicketPage, Allowed>>;
    /** Begins to cook an item. Needs `order.cook`. */
    startItem: Mutation<Of<NameOrderItem, Tickets, 'ILLEGAL_TRANSITION' | 'ITEM_STATE' | 'ORDER_SETTLED' | 'ORDER_UNREADY' | Allowed>>;
    /** Says that an item is done. Needs `order.cook`. */
    finishItem: Mutation<Of<NameOrderItem, Tickets, 'ILLEGAL_TRANSITION' | 'ITEM_STATE' | 'ORDER_SETTLED' | 'ORDER_UNREADY' | Allowed>>;
    /** Takes an item up again that was done, and says why. Needs `order.cook`. */
    recall: Mutation<Of<RecallItem, Tickets, 'ILLEGAL_TRANSITION' | 'ITEM_STATE' | 'ORDER_SETTLED' | 'ORDER_UNREADY' | Allowed>>;
    /** Tells how the tickets hang, of one station or all. Needs `order.cook`. */
    watch: Subscription<Of<WatchKitchen | void, AsyncIterable<StreamEvent<KitchenEvent>>, 'STREAM_RESET' | 'TOO_MANY_STREAMS' | Allowed>>;
  };
  reservations: {
    /** Tells when a party can come on a day, and where a table is free. Open to anyone. */
    availability: Query<Of<AskAvailability, Availability, 'NOT_BOOKABLE' | 'NOT_FOUND' | 'RESTAURANT_REQUIRED' | Always>>;
    /** Reserves the smallest table that is free, once for a key. Needs `reservation.request`. */
    request: Mutation<Of<RequestReservation, ReservationView, 'IDEMPOTENCY_IN_PROGRESS' | 'IDEMPOTENCY_MISMATCH' | 'NOT_BOOKABLE' | 'NO_TABLE' | 'RESERVATION_LIMIT' | 'RESTAURANT_REQUIRED' | Allowed>>;
    /** Lists the caller’s own reservations, the latest start first. Needs `reservation.request`. */
    mine: Query<Of<MyReservations | void, ReservationPage, 'RESTAURANT_REQUIRED' | Allowed>>;
    /** Calls a reservation off; its tables are free again. Needs `reservation.request`. */
    cancel: Mutation<Of<CancelReservation, ReservationView, 'IDEMPOTENCY_IN_PROGRESS' | 'IDEMPOTENCY_MISMATCH' | 'RESERVATION_LATE' | 'RESERVATION_STATE' | 'RESTAURANT_REQUIRED' | Allowed>>;
    /** Lists the reservations of the restaurant, by their start. Needs `reservation.read`. */
    list: Query<Of<ListReservations | void, ReservationPage, Allowed>>;
    /** Says yes to a request. Needs `reservation.manage`. */
    confirm: Mutation<Of<NameReservation, ReservationView, 'RESERVATION_STATE' | Allowed>>;
    /** Writes down that the party has come. Needs `reservation.manage`. */
    seat: Mutation<Of<NameReservation, ReservationView, 'RESERVATION_EARLY' | 'RESERVATION_STATE' | Allowed>>;
    /** Writes down that the party has left; its tables are free again. Needs `reservation.manage`. */
    complete: Mutation<Of<NameReservation, ReservationView, 'RESERVATION_STATE' | Allowed>>;
    /** Writes down that the party never came; its tables are free again. Needs `reservation.manage`. */
    noShow: Mutation<Of<NameReservation, ReservationView, 'RESERVATION_EARLY' | 'RESERVATION_STATE' | Allowed>>;
  };
  tasks: {
    /** Lists what the caller has to do, or has given to others; newest first. Needs `task`. */
    list: Query<Of<ListTasks | void, TaskPage, Allowed>>;
    /** Shows a task to whoever has it or gave it. Needs `task`. */
    show: Query<Of<NameTask, TaskView, Allowed>>;
    /** Writes down a task, or gives it to somebody of the staff. Needs `task`. */
    create: Mutation<Of<CreateTask, TaskView, Allowed>>;
    /** Rewords a task, or says whether it is done. Needs `task`. */
    update: Mutation<Of<UpdateTask, TaskView, 'TASK_GIVEN' | Allowed>>;
    /** Removes a task. Needs `task`. */
    remove: Mutation<Of<NameTask, RemovedTask, 'TASK_GIVEN' | Allowed>>;
  };
  books: {
    /** Lists books that people recommend, newest first. Open to anyone. */
    list: Query<Of<ListBooks | void, BookPage, Always>>;
    /** Shows a book. Open to anyone. */
    show: Query<Of<NameBook, BookView, 'NOT_FOUND' | Always>>;
    /** Adds a book of the caller’s. Needs `book.write`. */
    create: Mutation<Of<CreateBook, BookView, 'ISBN_TAKEN' | Allowed>>;
    /** Changes a book of the caller’s. Needs `book.write`. */
    update: Mutation<Of<UpdateBook, BookView, 'ISBN_TAKEN' | Allowed>>;
    /** Hangs up the cover of a book of the caller’s, or takes it down. Needs `book.write`. */
    setCover: Mutation<Of<SetCover, BookView, 'PICTURE_IN_USE' | Allowed>>;
    /** Removes a book of the caller’s, and frees its ISBN. Needs `book.write`. */
    remove: Mutation<Of<NameBook, RemovedBook, Allowed>>;
  };
  audit: {
    /** Lists who did what, newest first. Needs `audit.read`. */
    list: Query<Of<ListAudit | void, AuditPage, Allowed>>;
  };
  reports: {
    /** Tells how the restaurant does, today and over the last days. Needs `report.read`. */
    dashboard: Query<Of<ShowDashboard | void, Dashboard, Allowed>>;
  };
};
