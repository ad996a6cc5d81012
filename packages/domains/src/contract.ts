// Made from the router by `npm run contract`; not to be changed by hand.

/** What clients are built against: the version says whether they still fit, the hash which one it is. */
export const CONTRACT = { version: '0.1', hash: 'bad9de7754a4' };
