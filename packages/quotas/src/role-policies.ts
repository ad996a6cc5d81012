import { type Caller, CALLERS } from '@comanda/kernel/access';
import type { Preset } from './login-policies.ts';
import { policy, rate } from './rates.ts';
import type { Policy } from './store.ts';

type Row = [writes: number, reads: string, sustained?: string];

// prettier-ignore
const TABLE: Record<Caller, Row> = {
  anonymous:     [5,    '20/min',  '100/hour'],
  customer:      [20,   '100/min', '1000/hour'],
  employee:      [20,   '100/min', '1000/hour'],
  delivery_crew: [50,   '100/min', '1000/hour'],
  waiter:        [50,   '100/min', '1000/hour'],
  prep_cook:     [50,   '100/min', '1000/hour'],
  chef:          [100,  '100/min', '1000/hour'],
  sous_chef:     [100,  '100/min', '1000/hour'],
  head_chef:     [500,  '100/min'],
  master_chef:   [1000, '100/min'],
  manager:       [500,  '100/min'],
  admin:         [1000, '100/min'],
};

/** An export reads what many calls would. */
export const EXPORT_UNITS = 20;

const WRITES_PER: Record<Preset, string> = { service: '5min', strict: 'hour' };

/** What one caller has for reads, and what for writes. */
export type ByKind = Readonly<Record<'read' | 'write', Policy>>;
export type RolePolicies = Readonly<Record<Caller, ByKind>>;

/** Reads and writes are counted apart, each in all windows of its policy at once. */
export const rolePolicies: Record<Preset, RolePolicies> = {
  service: inPreset('service'),
  strict: inPreset('strict'),
};

/** Other rates for a caller than those given; null keeps them. */
export function withRates(
  caller: Caller,
  given: ByKind,
  { reads, writes }: { reads: readonly string[] | null; writes: readonly string[] | null },
): ByKind {
  return {
    read: reads ? policyOf(`${caller}.read`, reads) : given.read,
    write: writes ? policyOf(`${caller}.write`, writes) : given.write,
  };
}

function inPreset(preset: Preset): RolePolicies {
  const rows = CALLERS.map((caller) => [caller, byKind(preset, caller)]);
  return Object.fromEntries(rows) as RolePolicies;
}

/** Writes need no sustained window: theirs is the narrower one wherever there is one. */
function byKind(preset: Preset, caller: Caller): ByKind {
  const [writes, reads, sustained] = TABLE[caller];
  const longer = preset === 'strict' && sustained ? [sustained] : [];
  return {
    read: policy(`${caller}.read`, reads, ...longer),
    write: policy(`${caller}.write`, `${writes}/${WRITES_PER[preset]}`),
  };
}

/** The shortest window first, as answers tell them. */
function policyOf(name: string, rates: readonly string[]): Policy {
  const [first, ...others] = rates.toSorted((one, other) => rate(one).ms - rate(other).ms);
  if (first === undefined) throw new RangeError(`${name}: a budget has a rate`);
  return policy(name, first, ...others);
}
