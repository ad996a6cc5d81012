import { cellOf } from '@comanda/kernel/access';
import { fromCursor, page } from '@comanda/kernel/page';
import type { AuditEntry } from '@comanda/storage/audit.entity';
import { readingDeletedToo } from '@comanda/storage/reading';
import type { StaffContext } from '../context.ts';
import type { Recipe } from '../recipes/recipes.entity.ts';
import { secreciesOf } from '../recipes/recipes.reads.ts';
import type { AuditPage, AuditView, ListAudit } from './audit.schema.ts';

type Looker = Pick<StaffContext, 'em' | 'actor'>;

const SHOWN = [
  'e.id',
  'e.at',
  'e.actorId',
  'e.actorName',
  'e.role',
  'e.restaurantId',
  'e.action',
  'e.change',
  'e.target',
  'e.targetId',
  'e.before',
  'e.after',
  'e.requestId',
  'e.address',
] as const;

/** What belongs to the kitchen: by the beginnings of actions. */
const KITCHEN = ['recipes.', 'menu.', 'kitchen.', 'SECRET_VAULT'];

/** Rows of recipes that the caller may not read are none, also of removed ones. */
function entriesFor({ em, actor }: Looker) {
  const entries = readingDeletedToo<typeof AuditEntry | typeof Recipe>(em)
    .selectFrom('AuditEntry as e')
    .leftJoin('Recipe as r', 'r.id', 'e.targetId')
    .where(({ eb, or }) =>
      or([eb('e.target', '!=', 'Recipe'), eb('r.secrecy', 'in', [...secreciesOf(actor), NONE])]),
    );
  const cell = cellOf(actor.role, 'audit.read');
  if (!cell.allowed || cell.extent !== 'kitchen') return entries;
  return entries.where(({ eb, or, fn, val }) =>
    or(
      KITCHEN.map((start) =>
        eb(fn<string>('substr', ['e.action', val(1), val(start.length)]), '=', start),
      ),
    ),
  );
}
type Query = ReturnType<typeof entriesFor>;
type Row = Omit<AuditView, 'actor'> & { actorName: string | null };

/** So that there is always something to compare with. */
const NONE = 'none' as Recipe['secrecy'];

/** Newest first. */
export async function listAudit(ctx: Looker, input: ListAudit): Promise<AuditPage> {
  const { cursor, limit } = input;
  const fitting = narrowed(entriesFor(ctx), input);
  const here = cursor === undefined ? fitting : fitting.where('e.id', '<', fromCursor(cursor)[0]);
  // Else MariaDB may walk through the log of all restaurants for the few rows that fit.
  const inPlace = !input.everywhere && (input.actor ?? input.address) !== undefined;
  const rows = await (inPlace ? here.orderBy('e.restaurantId', 'desc') : here)
    .orderBy('e.id', 'desc')
    .limit(limit + 1)
    .select(SHOWN)
    .execute();
  const total = input.count ? await countOf(fitting) : null;
  const { items, nextCursor } = page(rows, { limit, at: ({ id }) => [id] });
  return { items: items.map((row) => view(ctx, row as Row)), nextCursor, total };
}

async function countOf(query: Query): Promise<number> {
  const { entries } = await query
    .select(({ fn }) => fn.countAll().as('entries'))
    .executeTakeFirstOrThrow();
  return Number(entries);
}

function narrowed(query: Query, input: ListAudit): Query {
  const { actor, action, target, targetId, address, from, to } = input;
  let asked = query;
  if (from !== undefined) asked = asked.where('e.at', '>=', from);
  if (to !== undefined) asked = asked.where('e.at', '<', to);
  if (target !== undefined) asked = asked.where('e.target', '=', target);
  if (targetId !== undefined) asked = asked.where('e.targetId', '=', targetId);
  if (address !== undefined) {
    asked = asked.where(({ eb, fn }) => eb(fn<string>('lower', ['e.address']), '=', address));
  }
  if (action !== undefined) {
    const under = `${action}.`;
    asked = asked.where(({ eb, or, fn, val }) =>
      or([
        eb('e.action', '=', action),
        eb(fn<string>('substr', ['e.action', val(1), val(under.length)]), '=', under),
      ]),
    );
  }
  if (actor !== undefined) {
    asked = asked.where(({ eb, or, fn, val }) =>
      or([
        eb('e.actorId', '=', actor.toLowerCase()),
        eb(
          fn<number>('instr', [
            fn('lower', [fn.coalesce('e.actorName', val(''))]),
            val(actor.toLowerCase()),
          ]),
          '>',
          0,
        ),
      ]),
    );
  }
  return asked;
}

/** How many secrets there are is one as well. */
function view({ actor }: Looker, { actorName, ...row }: Row): AuditView {
  const isVault = row.target === 'Vault' && !secreciesOf(actor).includes('top_secret');
  const { count: _, ...told } = row.after ?? {};
  return { ...row, actor: actorName, ...(isVault && { after: told }) };
}
