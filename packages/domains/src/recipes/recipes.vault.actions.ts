import { note } from '@comanda/storage/audit';
import { inTransaction } from '@comanda/storage/transaction';
import { accessErrors } from '../access.errors.ts';
import type { House, StaffContext } from '../context.ts';
import { reachesVault } from './recipes.reach.rules.ts';
import { listSecrets } from './recipes.reads.ts';
import type { BreakGlass, OpenVault, Vault } from './recipes.schema.ts';

const WELCOME = 'Welcome to the secret vault, Master Chef!';
const BROKEN = 'The glass is broken. Who did it, when and why is written down.';
const WARNING = 'These recipes are top secret. That you opened the vault was written down.';

/** Opens the vault, and writes down who did. */
export function openVault(ctx: StaffContext, input: OpenVault): Promise<Vault> {
  if (!reachesVault(ctx.actor)) throw accessErrors.FORBIDDEN({ capability: 'vault.open' });
  return opened(ctx, input, { how: 'vault', message: WELCOME, action: 'SECRET_VAULT_ACCESS' });
}

/** For an emergency, with a reason: everybody who reads the audit log sees it. */
export function breakGlass(ctx: StaffContext, input: BreakGlass): Promise<Vault> {
  const { reason } = input;
  const said = { message: BROKEN, action: 'SECRET_VAULT_BREAK_GLASS', reason };
  return opened(ctx, input, { how: 'break_glass', ...said });
}

interface Opening {
  how: keyof House['vaultOpenings'];
  message: string;
  action: string;
  reason?: string;
}

/** What was seen leaves only once it is written down that it was. */
async function opened(
  ctx: StaffContext,
  input: OpenVault,
  { how, message, action, reason }: Opening,
): Promise<Vault> {
  const { actor, log, requestId, restaurantId, vaultOpenings } = ctx;
  const vault = await inTransaction(ctx, async (ctx) => {
    const page = await listSecrets(ctx, input);
    const after = { count: page.items.length, ...(reason !== undefined && { reason }) };
    note(ctx.em, { action, target: 'Vault', targetId: restaurantId, after });
    await ctx.em.flush();
    ctx.afterCommit(() => (vaultOpenings[how] += 1));
    return page;
  });
  log.warn({ requestId, alarm: action, actorId: actor.id, restaurantId }, 'the vault was opened');
  return { message, secretAccessGranted: true, vaultWarning: WARNING, ...vault };
}
