import { CallError, type ImportMenu, refusedWith } from '@comanda/client';
import type { Desk } from '../desk.ts';
import { FileRefused, type Problem } from '../files/refused.ts';
import type { Change, Difference } from './difference.ts';
import type { Category, Item } from './menu-file.ts';

const MOST = { categories: 100, items: 200 };
/** A body has to stay below 64 KB. */
const MOST_BYTES = 60_000;

interface Part {
  categories: Change<Category>[];
  items: Change<Item>[];
}

interface Where {
  file: string;
  restaurantId: string | undefined;
}

/** Sends what differs, in as many calls as it takes; each is done as a whole, or not at all. */
export async function send(desk: Desk, difference: Difference, where: Where): Promise<void> {
  const parts = partsOf(difference);
  const client = desk.service.patientClient(desk.terminal.waiting);
  const progress = desk.terminal.progress(parts.length);
  let done = 0;
  try {
    for (const part of parts) {
      await client.menu.import.mutate(inputOf(part, where)).catch((error: unknown) => {
        throw told(error, part, { file: where.file, done, of: parts });
      });
      progress.at((done += 1));
    }
  } finally {
    progress.end();
  }
}

/** Categories come first, for items stand in them. */
function partsOf({ categories, items }: Difference): Part[] {
  const parts: Part[] = [];
  let bytes = Infinity;
  const put = (list: keyof Part, change: Change<Category & Item>) => {
    const size = Buffer.byteLength(JSON.stringify(change.value));
    const last = parts.at(-1);
    if (last && bytes + size <= MOST_BYTES && last[list].length < MOST[list]) {
      last[list].push(change);
      bytes += size;
    } else {
      parts.push({ categories: [], items: [], [list]: [change] });
      bytes = size;
    }
  };
  for (const category of categories) put('categories', category as Change<Category & Item>);
  for (const item of items) put('items', item as Change<Category & Item>);
  return parts;
}

function inputOf({ categories, items }: Part, { restaurantId }: Where): ImportMenu {
  return {
    restaurantId,
    categories: categories.map(({ value }) => value),
    items: items.map(({ value }) => value),
  };
}

/** What the service said of a part, by the places in the file. */
function told(
  error: unknown,
  part: Part,
  { file, done, of }: { file: string; done: number; of: Part[] },
): unknown {
  if (!(error instanceof CallError)) return error;
  const before = of.slice(0, done).flatMap(({ categories, items }) => [...categories, ...items]);
  const came =
    before.length > 0
      ? `${before.length} are in already, up to ${before.at(-1)?.place}; the rest is not.`
      : undefined;
  if (refusedWith(error, 'VALIDATION')) {
    const problems = error.details.issues.map((issue) => placed(issue, part));
    return new FileRefused(file, problems, came);
  }
  if (came !== undefined) error.message += ` ${came}`;
  return error;
}

function placed({ path, message }: { path: string; message: string }, part: Part): Problem {
  const [list, at, ...field] = path.split('.');
  const all = list === 'categories' ? part.categories : part.items;
  const place = all[Number(at)]?.place;
  return place === undefined
    ? { field: path, message }
    : { place, field: field.join('.'), message };
}
