import { writeFileSync } from 'node:fs';
import { stringify } from 'yaml';
import type { Command } from '../desk.ts';
import { Misuse } from '../exits.ts';
import { formatOf } from '../files/reading.ts';
import { understood } from '../flags.ts';
import { COLUMNS, menuInCsv } from './menu-csv.ts';
import type { Menu } from './menu-file.ts';

export const EXPORTING = `Usage: comanda menu export [flags]

Writes the whole menu, for a spreadsheet, another restaurant, or comanda menu import.

  --file <path>           where it is written; else it is shown
  --format <yaml|csv>     else as the file is called, else yaml; a CSV has the items, and no categories
  --restaurant-id <text>  else the one of the sign-in

Prices are in the smallest unit of the currency. The procedure itself: comanda call menu.export.`;

export const exportMenu: Command = async ({ service, terminal }, args) => {
  const { values, positionals } = understood(args, {
    file: { type: 'string' },
    format: { type: 'string' },
    'restaurant-id': { type: 'string' },
  });
  if (positionals.length > 0) throw new Misuse('Usage: comanda menu export [--file <path>]');
  const { file, 'restaurant-id': restaurantId } = values;
  const format = formatOf(file, values.format) ?? 'yaml';
  const menu = await service.client().menu.export.query({ restaurantId });
  const text = format === 'csv' ? menuInCsv(menu) : inYaml(menu);
  if (file === undefined) return terminal.tell(menu, () => text.trimEnd());
  try {
    writeFileSync(file, text);
  } catch {
    throw new Misuse(`${file} cannot be written.`);
  }
  const [categories, items] = [menu.categories.length, menu.items.length];
  terminal.tell(
    { file, format, categories, items },
    () => `${items} items of ${categories} categories are in ${file}.`,
  );
};

/** Its fields in the order of the columns. */
function inYaml({ categories, items }: Menu): string {
  const ordered = items.map((item) =>
    Object.fromEntries(COLUMNS.map((column) => [column, item[column]])),
  );
  return stringify(
    { categories, items: ordered },
    { aliasDuplicateObjects: false, lineWidth: 100 },
  );
}
