import type { Command, Desk } from '../desk.ts';
import { Misuse } from '../exits.ts';
import { csvEntries } from '../files/csv.ts';
import { type Entry, repeated, understoodAs } from '../files/entries.ts';
import { sourceAt, type Source } from '../files/reading.ts';
import { FileRefused, type Problem } from '../files/refused.ts';
import { isMapping, yamlEntries, yamlIn } from '../files/yaml.ts';
import { understood } from '../flags.ts';
import { worded } from '../telling.ts';
import {
  type Change,
  type Difference,
  differenceOf,
  type FieldChange,
  type Said,
} from './difference.ts';
import { COLUMNS, valuesIn } from './menu-csv.ts';
import { SaidCategory, SaidItem } from './menu-file.ts';
import { send } from './sending.ts';

/** Longer values are told by their name alone. */
const WORTH_SHOWING = 40;

export const IMPORTING = `Usage: comanda menu import <file> [flags]

Brings the menu to what a file says, as comanda menu export writes it; - reads what is piped in.
What has a slug that is there is changed, all else is added, nothing is removed. What a file leaves
out of an item stays as it is: a CSV of slug and price changes prices, and an empty cell leaves out
what cannot be empty. What it does say holds: a file of this morning brings back the stock of this
morning, unless its columns are taken away. What is sold in the moment of the import is not counted.

A file with anything wrong in it is told line by line, and nothing of it is sent. Only what differs
is sent: up to 200 items and 60 KB at once, all or nothing; of a longer file the command says how
far it came, and goes on from there when it is run again.

  --dry-run               tells what would change, and changes nothing
  --format <yaml|csv>     else as the file is called
  --restaurant-id <text>  else the one of the sign-in

The procedure itself: comanda call menu.import.`;

export const importMenu: Command = async (desk, args) => {
  const { values, positionals } = understood(args, {
    'dry-run': { type: 'boolean' },
    format: { type: 'string' },
    'restaurant-id': { type: 'string' },
  });
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0) throw new Misuse('Usage: comanda menu import <file>');
  const source = sourceAt(path, values.format);
  const { said, problems } = saidIn(source);
  const restaurantId = values['restaurant-id'];
  const menu = await desk.service.client().menu.export.query({ restaurantId });
  const { difference, problems: misfits } = differenceOf(said, menu);
  const all = [...problems, ...misfits];
  if (all.length > 0) throw new FileRefused(source.name, all);
  const isDry = values['dry-run'] === true;
  if (!isDry) await send(desk, difference, { file: source.name, restaurantId });
  tell(desk, difference, isDry);
};

function saidIn(source: Source): { said: Said; problems: Problem[] } {
  const { categories, items, problems: misread } = entriesIn(source);
  const ofCategories = understoodAs(SaidCategory, categories);
  const ofItems = understoodAs(SaidItem, items);
  const said = {
    categories: ofCategories.rows,
    items: ofItems.rows,
    named: categories.map(({ values }) => values['slug']),
  };
  const problems = [
    ...misread,
    ...ofCategories.problems,
    ...ofItems.problems,
    ...repeated(said.categories, ({ slug }) => [['slug', slug]]),
    ...repeated(said.items, ({ slug }) => [['slug', slug]]),
  ];
  return { said, problems };
}

function entriesIn(source: Source): { categories: Entry[]; items: Entry[]; problems: Problem[] } {
  if (source.format === 'csv') {
    const items = csvEntries(source, COLUMNS).map(valuesIn);
    return { categories: [], items, problems: items.flatMap(({ problems }) => problems) };
  }
  const yaml = yamlIn(source, 'typed');
  const { value } = yaml;
  if (!isMapping(yaml) || typeof value !== 'object' || value === null) {
    throw new FileRefused(source.name, 'It has to be lists under the names categories and items.');
  }
  const strange = Object.keys(value).filter((name) => name !== 'categories' && name !== 'items');
  const problems: Problem[] = strange.map((field) => ({
    field,
    message: 'is neither categories nor items',
  }));
  const below = (name: 'categories' | 'items') =>
    name in value ? yamlEntries(source, yaml, name) : [];
  return { categories: below('categories'), items: below('items'), problems };
}

function tell({ terminal }: Desk, difference: Difference, isDry: boolean): void {
  const { categories, items, same } = difference;
  const told = { dryRun: isDry, categories: namesIn(categories), items: namesIn(items), same };
  terminal.tell(told, () => {
    const all = [...categories, ...items];
    const lines = all.map(
      ({ value: { slug }, fields }) =>
        `  ${slug}: ${fields ? fields.map(changeInWords).join(', ') : 'new'}`,
    );
    const added = all.filter(({ fields }) => !fields).length;
    const would = isDry ? 'would be ' : '';
    const sum = `${added} ${would}added, ${all.length - added} ${would}changed, ${same} as they were.`;
    return [...lines, sum].join('\n');
  });
}

function changeInWords({ field, from, to }: FieldChange): string {
  const [before, after] = [worded(from), worded(to)];
  const isShort = Math.max(before.length, after.length) <= WORTH_SHOWING;
  return isShort ? `${field} ${before} → ${after}` : field;
}

function namesIn(changes: Change<{ slug: string }>[]) {
  return {
    added: changes.filter(({ fields }) => !fields).map(({ value: { slug } }) => slug),
    changed: changes.flatMap(({ value: { slug }, fields }) => (fields ? [{ slug, fields }] : [])),
  };
}
