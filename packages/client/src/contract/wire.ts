// Made from the router by `npm run contract`; not to be changed by hand.

/** The contract that this client was built against: the version that has to fit, and which one it was. */
export const CONTRACT = '0.1.721575f85c58';

/** As many calls as the service takes in one request. */
export const MAX_BATCH = 10;

/** The calls that take an idempotency key. */
export const KEYED: readonly string[] = [];

/** The codes that a call can be refused with: those of most calls first. */
const REFUSALS: readonly string[] = [
  'UPGRADE_REQUIRED',
  'VALIDATION',
  'VERSION_CONFLICT',
  'QUOTA_EXCEEDED',
  'OVERLOADED',
  'DB_BUSY',
  'DB_UNAVAILABLE',
  'STORAGE_FULL',
  'OUTCOME_UNKNOWN',
  'TOKEN_INVALID',
  'UNAUTHENTICATED',
  'NOT_FOUND',
  'FORBIDDEN',
  'OFF_SHIFT',
  'INVALID_CREDENTIALS',
  'TOKEN_REUSED',
  'ORIGIN_DENIED',
  'NOT_STAFF',
  'STAFF_PROFILE_MISSING',
  'NAME_TAKEN',
  'PASSWORD_WEAK',
  'CODE_INVALID',
  'SESSION_REQUIRED',
  'GRANT_REFUSED',
  'OWN_ROLE',
  'LAST_OF_ROLE',
  'LEVEL_TOO_HIGH',
  'ACCOUNT_INDEPENDENT',
  'ALREADY_STAFF',
  'SLUG_TAKEN',
  'RESTAURANT_REQUIRED',
  'MENU_SLUG_TAKEN',
  'CATEGORY_IN_USE',
];

/** Of each call: how many codes from the first, and the places of its own. */
const OWN = new Map<string | undefined, readonly number[]>(
  Object.entries({
    'auth.register': [10, 16, 19, 20],
    'auth.login': [10, 14, 16, 17, 18],
    'auth.refresh': [10, 15, 16],
    'auth.logout': [10, 16],
    'auth.resetPassword': [10, 20, 21],
    'auth.session': [11],
    'auth.changePassword': [11, 14, 20, 22],
    'auth.switchRestaurant': [11, 18, 22],
    'auth.sessions.list': [11, 22],
    'auth.sessions.revoke': [11, 11, 22],
    'auth.sessions.revokeOthers': [11, 22],
    'auth.passes.issue': [11, 22],
    'auth.passes.list': [11, 22],
    'auth.passes.revoke': [11, 11],
    'people.list': [14],
    'people.show': [14],
    'people.create': [14, 19, 20, 23, 24, 26, 28],
    'people.setRole': [14, 23, 24, 25],
    'people.setLevel': [14, 23, 24, 26],
    'people.deactivate': [14, 23, 24, 25],
    'people.reactivate': [14, 23, 24],
    'people.issueResetCode': [14, 22, 23, 24, 27],
    'people.deactivateAccount': [14, 24, 25],
    'restaurants.list': [10],
    'restaurants.show': [10, 11, 30],
    'restaurants.create': [14, 29],
    'restaurants.update': [14, 29],
    'restaurants.setHours': [14],
    'restaurants.pause': [14],
    'restaurants.resume': [14],
    'quotas.policy': [10],
    'quotas.mine': [14],
    'quotas.usage': [14],
    'quotas.set': [14],
    'permissions.mine': [11],
    'permissions.matrix': [10],
    'menu.list': [10, 11, 30],
    'menu.show': [10, 11, 30],
    'menu.categories.list': [10, 11, 30],
    'menu.categories.create': [14, 31],
    'menu.categories.update': [14, 31],
    'menu.categories.remove': [14, 32],
    'menu.items.create': [14, 31],
    'menu.items.update': [14, 31],
    'menu.items.remove': [14],
    'menu.items.restore': [14],
    'menu.items.setAvailability': [14],
    'menu.items.setStock': [14],
    'menu.export': [14],
    'menu.import': [14],
  }),
);

/** Whether a code is a refusal of that call; of a call that is not known, any code that is. */
export function refuses(path: string | undefined, code: string): boolean {
  const [first = REFUSALS.length, ...own] = OWN.get(path) ?? [];
  const place = REFUSALS.indexOf(code);
  return place >= 0 && (place < first || own.includes(place));
}
