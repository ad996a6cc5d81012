import type { Scripts } from '@comanda/quotas/redis-link';

// Time for the script is what the hands of the clock say, and keys wait for them too.
const TURNED = `
local now = table.remove(ARGV)
local really = redis
local redis = {
  call = function(name, ...)
    if name == 'TIME' then return { math.floor(now / 1000), now % 1000 * 1000 } end
    if name == 'SET' then return really.call(name, (...), (select(2, ...))) end
    return really.call(name, ...)
  end,
}
`;

/** The script as it is, word for word, in a Redis whose clock a test turns. */
export function byHand(scripts: Scripts, now: () => number): Scripts {
  return {
    run: (lua, key, args) => scripts.run(`${TURNED}${lua}`, key, [...args, now()]),
  };
}
