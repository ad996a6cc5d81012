// Made from the router by `npm run contract`; not to be changed by hand.

/** The contract that this client was built against: the version that has to fit, and which one it was. */
export const CONTRACT = '0.1.8a41c5aba5ee';

/** As many calls as the service takes in one request. */
export const MAX_BATCH = 10;

/** The calls that take an idempotency key. */
export const KEYED: readonly string[] = [
  'shifts.clockIn',
  'shifts.clockOut',
  'shifts.clockToggle',
  'shifts.startBreak',
  'shifts.endBreak',
  'orders.place',
  'orders.take',
  'orders.cancel',
  'orders.recordPayment',
  'orders.refund',
  'reservations.request',
  'reservations.cancel',
];

/** The codes that a call can be refused with, those of most calls first; small letters compress better. */
const REFUSALS = [
  'upgrade_required',
  'validation',
  'version_conflict',
  'quota_exceeded',
  'overloaded',
  'db_busy',
  'db_unavailable',
  'storage_full',
  'outcome_unknown',
  'token_invalid',
  'unauthenticated',
  'not_found',
  'forbidden',
  'off_shift',
  'stream_reset',
  'idempotency_mismatch',
  'idempotency_in_progress',
  'amount_too_large',
  'guest_token_invalid',
  'too_many_streams',
  'invalid_credentials',
  'token_reused',
  'origin_denied',
  'not_staff',
  'staff_profile_missing',
  'name_taken',
  'password_weak',
  'code_invalid',
  'session_required',
  'grant_refused',
  'own_role',
  'last_of_role',
  'level_too_high',
  'account_independent',
  'already_staff',
  'slug_taken',
  'restaurant_required',
  'shift_overlap',
  'shift_cancelled',
  'shift_begun',
  'no_scheduled_shift',
  'already_clocked_in',
  'not_clocked_in',
  'break_state',
  'too_far',
  'own_card',
  'card_overlap',
  'recipe_too_secret',
  'menu_slug_taken',
  'category_in_use',
  'table_name_taken',
  'table_reserved',
  'cart_line_full',
  'cart_full',
  'options_invalid',
  'cart_empty',
  'cart_issues',
  'sold_out',
  'price_changed',
  'type_not_offered',
  'illegal_transition',
  'order_unready',
  'item_state',
  'order_settled',
  'already_assigned',
  'assignee_unfit',
  'refund_too_large',
  'no_table',
  'not_bookable',
  'reservation_limit',
  'reservation_state',
  'reservation_early',
  'reservation_late',
  'task_given',
  'isbn_taken',
];

/**
 * A line for each folder. Before calls stands what they can be refused with: its first letter is
 * for all codes up to that one, any other for one code. The first code has the letter !.
 */
const CALLS = `
auth *7:; register *5789 login *67 refresh *7 logout *;< resetPassword + session +5;= changePassword +9= switchRestaurant
auth.sessions += list revokeOthers +,= revoke
auth.passes += issue list +, revoke
people . list show .:;>?AC create .>?@ setRole deactivate .>?A setLevel .>? reactivate .=>?B issueResetCode .?@ deactivateAccount
restaurants * list *,E show .D create update . setHours pause resume
quotas * policy . mine usage set
permissions + mine * matrix
shifts . mine list onNow timesheet .F schedule .G publish .FGH update .GH cancel ./4 watch .01IJM clockIn .01K clockOut .01IJKM clockToggle .01KL startBreak endBreak .NO correct
profile + show +:= update
recipes . list show remove restore vault breakGlass cellar .P create update
menu *,E list show . export import
menu.categories *,E list .Q create update .R remove
menu.items .Q create update . remove restore setAvailability setStock
tables . list .S create .ST update .T remove
cart *,2E open .23E show setQuantity remove .23EUVW add .3E clear
orders .0123EXYZ[\\ place .012YZ\\]^\` take .E list nextStates .3E show .E]^ advance .01E]^ cancel .^\`b assign .\`ab claim .01\` recordPayment .01c refund .2\` discount ./34E watch
kitchen . status queue .]^_\` startItem finishItem recall ./4 watch
reservations *,Ee availability .01Edef request .E mine .01Egi cancel . list .g confirm complete .gh seat noShow
tasks . list show create .j update remove
books * list *, show .k create update . remove
audit . list
`;

/** Whether a code is a refusal of that call; of a call that is not known, any code that is. */
export function refuses(path: string | undefined, code: string): boolean {
  const place = REFUSALS.findIndex((one) => one.toUpperCase() === code);
  const letter = String.fromCharCode(33 + place);
  for (const line of CALLS.split('\n')) {
    const [folder, ...words] = line.split(' ');
    let letters = '';
    for (const word of words) {
      if (word < 'a') letters = word;
      else if (path === `${folder}.${word}`) {
        return place >= 0 && (letter < letters || letters.includes(letter));
      }
    }
  }
  return place >= 0;
}
