import { type Caller, CALLERS } from '@comanda/kernel/access';
import type { Preset } from './login-policies.ts';
import { policy } from './rates.ts';
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

const WRITES_PER: Record<Preset, string> = { service: '5min', strict: 'hour' };

type ByKind = Readonly<Record<'read' | 'write', Policy>>;

/** Reads and writes are counted apart, each in all windows of its policy at once. */
export const rolePolicies: Record<Preset, Readonly<Record<Caller, ByKind>>> = {
  service: inPreset('service'),
  strict: inPreset('strict'),
};

function inPreset(preset: Preset): Record<Caller, ByKind> {
  const rows = CALLERS.map((caller) => [caller, byKind(preset, caller)]);
  return Object.fromEntries(rows) as Record<Caller, ByKind>;
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
