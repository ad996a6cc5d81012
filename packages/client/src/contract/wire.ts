// Made from the router by `npm run contract`; not to be changed by hand.

/** The contract that this client was built against: the version that has to fit, and which one it was. */
export const CONTRACT = '0.1.bad9de7754a4';

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
  'orders_open',
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
  'not_a_picture',
  'picture_too_large',
  'picture_in_use',
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
people . list show .:;?@BD create .?@A setRole deactivate .?@B setLevel .?@ reactivate .=?@C issueResetCode .@A deactivateAccount
restaurants * list *,F show .E create update . setHours pause resume
quotas * policy . mine usage set
permissions + mine * matrix
shifts . mine list onNow timesheet .G schedule .H publish .GHI update .HI cancel ./4 watch .01JKN clockIn .01L clockOut .01JKLN clockToggle .01LM startBreak endBreak .OP correct
files +QR upload
profile + show +:= update +,S setAvatar +5=>A erase
recipes . list show remove restore vault breakGlass cellar .T create update
menu *,F list show . export import
menu.categories *,F list .U create update .V remove
menu.items .U create update . remove restore setAvailability setStock .S setPhoto
tables . list .W create .WX update .X remove
cart . list *,2F open .23F show setQuantity remove .23FYZ[ add .3F clear
orders .0123F\\]^_\` place .012]^\`abd take .F list nextStates .3F show .Fab advance .01Fab cancel .bdf assign .def claim .01d recordPayment .01g refund .2d discount ./34F watch
kitchen . status queue .abcd startItem finishItem recall ./4 watch
reservations *,Fi availability .01Fhij request .F mine .01Fkm cancel . list .k confirm complete .kl seat noShow
tasks . list show create .n update remove
books * list *, show .o create update .S setCover . remove
audit . list
reports . dashboard
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
