/**
 * The first part of the address of every page. The build writes them down for the server, which
 * answers these, and what is below them, with the app; anything else is no page.
 */
export const PAGES = [
  '',
  'at',
  'dish',
  'checkout',
  'orders',
  'reserve',
  'account',
  'sign-in',
  'work',
  'kitchen',
  'office',
] as const;
