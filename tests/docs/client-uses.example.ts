// Shown in packages/client/README.md.
import { createClient } from '@comanda/client';

const comanda = createClient({ url: 'http://localhost:4000' });
const personId = '';

// #region
const leaving = new AbortController();
const restaurants = await comanda.restaurants.list.query(
  { search: 'lemon' },
  { signal: leaving.signal, deadlineMs: 2_000 },
);
const me = await comanda.auth.session.query(undefined, { deadlineMs: 2_000 });
// #endregion

// #region
import { refusedWith } from '@comanda/client';

try {
  await comanda.people.setLevel.mutate({ personId, level: 4 });
} catch (error) {
  if (!refusedWith(error, 'LEVEL_TOO_HIGH')) throw error;
  console.log(`Their role ends at level ${error.details.highest}.`);
}
// #endregion

// #region
import { safe } from '@comanda/client';

const [, error] = await safe(comanda.permissions.matrix.query());
switch (error?.reason) {
  case undefined:
  case 'VALIDATION':
  case 'VERSION_CONFLICT':
  case 'QUOTA_EXCEEDED':
  case 'UPGRADE_REQUIRED':
  case 'OVERLOADED':
  case 'DB_BUSY':
  case 'DB_UNAVAILABLE':
  case 'STORAGE_FULL':
  case 'OUTCOME_UNKNOWN':
  case 'TOKEN_INVALID':
  case 'FAULT':
    break;
  default:
    error satisfies never; // does not compile while a code is missing above
}
// #endregion

// #region
import { cookieSession } from '@comanda/client';

const page = createClient({
  url: 'https://api.example.com',
  session: cookieSession(),
  onSignedOut: (why) => console.log(`Signed out: ${why}`),
});
// #endregion

// #region
import { localStorageGuest } from '@comanda/client';

const shop = createClient({ url: 'https://api.example.com', guest: localStorageGuest() });
const { cart } = await shop.cart.open.mutate();
// #endregion

// #region
const { token } = await comanda.auth.passes.issue.mutate({ label: 'the printer in the kitchen' });
const tool = createClient({ url: 'http://localhost:4000', token });
// #endregion

// #region
import { pace } from '@comanda/client/pace';

const patient = createClient({ url: 'http://localhost:4000', token, pace: pace() });
// #endregion

export const shown = { restaurants, me, page, cart, tool, patient };
