import { bucketId } from './bucket-id.ts';
import { answer, SLACK } from './gcra.ts';
import type { Scripts } from './redis-link.ts';
import { type Answer, assertAffordable, type Policy, type QuotaStore } from './store.ts';

// Adds ARGV[1] units, or takes them away, in all windows or in none; told is what was used before.
// The numbers are those of gcra.ts to the last bit: the same operations in the same order, 17 digits.
const CHARGE = `
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local cost = tonumber(ARGV[1])
local kept = {}
for word in string.gmatch(redis.call('GET', KEYS[1]) or '', '%S+') do
  kept[#kept + 1] = tonumber(word)
end
local at = kept[1] or now
local elapsed = math.max(0, now - at)

local fits, used, told = true, {}, {}
for i = 1, (#ARGV - 1) / 2 do
  local limit, ms = tonumber(ARGV[2 * i]), tonumber(ARGV[2 * i + 1])
  used[i] = math.min(math.max(0, (kept[i + 1] or 0) - elapsed * limit / ms), limit)
  told[i] = string.format('%.17g', used[i])
  fits = fits and used[i] + cost - limit - ${SLACK} <= 0
end

local charge = fits and cost or 0
-- After a clock stepped back, draining goes on from here.
if charge ~= 0 or now < at then
  local state, full = { string.format('%.17g', now) }, 0
  for i = 1, #used do
    local after = math.max(0, used[i] + charge)
    state[i + 1] = string.format('%.17g', after)
    full = math.max(full, after * ARGV[2 * i + 1] / ARGV[2 * i])
  end
  if full > 0 then
    redis.call('SET', KEYS[1], table.concat(state, ' '), 'PX', math.ceil(full))
  else
    redis.call('DEL', KEYS[1])
  end
end
return told
`;

/** Quotas that processes share: one script, one key and the time of Redis, so that nobody's clock counts. */
export class RedisStore implements QuotaStore {
  readonly #scripts: Scripts;

  constructor(scripts: Scripts) {
    this.#scripts = scripts;
  }

  async consume(key: string, policy: Policy, cost = 1): Promise<Answer> {
    assertAffordable(policy, cost);
    return answer(policy, await this.#charge(key, policy, cost), cost);
  }

  async refund(key: string, policy: Policy, cost = 1): Promise<void> {
    assertAffordable(policy, cost);
    await this.#charge(key, policy, -cost);
  }

  /** Answers what every window had used until then. */
  async #charge(key: string, policy: Policy, cost: number): Promise<number[]> {
    const windows = policy.windows.flatMap(({ limit, ms }) => [limit, ms]);
    const told = await this.#scripts.run(CHARGE, `q:{${bucketId(policy, key)}}`, [
      cost,
      ...windows,
    ]);
    if (!Array.isArray(told)) throw new TypeError('Redis did not tell what was used');
    return told.map(Number);
  }
}
