import { type Caller, ROLES } from '@comanda/kernel/access';
import type { Preset } from '@comanda/quotas/login-policies';
import { rolePolicies } from '@comanda/quotas/role-policies';
import { scopes } from '@comanda/quotas/scopes';
import type { Policy } from '@comanda/quotas/store';
import type { QuotaPolicies, QuotaPolicy } from './quotas.schema.ts';

export function quotaPolicies(preset: Preset): QuotaPolicies {
  const of = (caller: Caller) => {
    const { read, write } = rolePolicies[preset][caller];
    return { read: view(read), write: view(write) };
  };
  return {
    preset,
    anonymous: of('anonymous'),
    roles: ROLES.map((role) => ({ role, ...of(role) })),
    scopes: scopes[preset].map(({ policy, per, counts, enforced }) => ({
      ...view(policy),
      per,
      failuresOnly: counts === 'failures',
      enforced,
    })),
  };
}

function view({ name, windows }: Policy): QuotaPolicy {
  return {
    name,
    windows: windows.map(({ name, limit, ms }) => ({ name, limit, windowMs: ms })),
  };
}
