import { wordsOf } from '@comanda/domains/menu/menu.search.rules';
import type { Kind } from '../../tests/faults/premises.ts';
import type { Opened } from './house.ts';
import { idOf, inRuns, multiply, oneOf } from './planting.ts';

const TITLES = ['Starters', 'Soups', 'Pasta', 'Grill', 'Fish', 'Salads', 'Sweets', 'Drinks'];
const KINDS_OF_DISH = ['Lemon', 'Pepper', 'Garden', 'Harbour'];
const DESCRIPTION = 'Slowly cooked and served with bread from our own oven.';
/** Not by the kind of dish, nor would a category hold but one of them. */
const CATEGORY = 'seq * 7 + (seq - seq % 4) / 4';
/** On every fourth item. */
export const COMMON = 'lemon';
/** On so many, however large the menu. */
export const RARE = 'truffle';
export const RARE_ITEMS = 5;

/** A menu of that many items in eight categories, with the words by which they are found. */
export async function plantMenu(opened: Opened, kind: Kind, items: number): Promise<void> {
  const { ask, given } = opened;
  const categories: string[] = [];
  for (const [position, title] of TITLES.entries()) {
    categories.push(await given.category({ title, position }));
  }
  const of = await given.item({ categoryId: categories[0] ?? '' });
  const isRare = `seq % ${items / RARE_ITEMS} = 0`;
  const name = `concat(${oneOf(KINDS_OF_DISH)}, case when ${isRare} then ' truffle' else '' end, ' ', seq)`;
  await multiply(opened, {
    kind,
    of,
    table: 'menu_item',
    times: items,
    set: {
      id: idOf('seq'),
      name,
      sort_name: `lower(${name})`,
      slug: `concat('dish-', seq)`,
      description: `'${DESCRIPTION}'`,
      category_id: oneOf(categories, CATEGORY),
      category_position: oneOf([...categories.keys()].map(String), CATEGORY),
      price: '500 + seq * 37 % 2000',
    },
  });
  await ask(`delete from menu_item where id = '${of}'`);
  await plantWords(opened, items);
}

/** In the order of the items: by words, every one of them would go to another page of the index. */
async function plantWords({ ask }: Opened, items: number): Promise<void> {
  const words = [
    'lower(c.title)',
    `replace(i.slug, 'dish-', '')`,
    `substr(i.sort_name, 1, instr(i.sort_name, ' ') - 1)`,
    `case when i.sort_name like '% ${RARE} %' then '${RARE}' end`,
    ...wordsOf(DESCRIPTION).map((word) => `'${word}'`),
  ];
  const nth = words.map((_, at) => `select ${at} as nth`).join(' union all ');
  const word = `case nth ${words.map((text, at) => `when ${at} then ${text}`).join(' ')} end`;
  for (const { first, last } of inRuns(items)) {
    await ask(
      `insert into menu_word
         (item_id, word, restaurant_id, category_position, category_id, sort_name)
       select item_id, word, restaurant_id, category_position, category_id, sort_name from (
         select i.id as item_id, ${word} as word, i.restaurant_id,
           i.category_position, i.category_id, i.sort_name
         from menu_item i join category c on c.id = i.category_id cross join (${nth}) each_word
         where i.id between ${idOf(String(first))} and ${idOf(String(last))}
       ) found where word is not null order by item_id, word`,
    );
  }
}

/** Refuses a planted menu that the domain would have written down otherwise. */
export async function checkWords({ ask }: Opened): Promise<void> {
  const items = await ask(
    `select i.id, i.name, c.title from menu_item i join category c on c.id = i.category_id
     where i.sort_name like '% ${RARE} %' or i.id in (${idOf("'7'")}, ${idOf("'32'")}, ${idOf("'91'")})`,
  );
  for (const { id, name, title } of items) {
    const rows = await ask(`select word from menu_word where item_id = '${String(id)}'`);
    const planted = rows.map(({ word }) => String(word)).toSorted();
    const right = wordsOf(String(name), String(title), DESCRIPTION).toSorted();
    if (planted.join() !== right.join()) throw new Error(`${String(name)}: ${planted.join()}`);
  }
  if (items.length < RARE_ITEMS) throw new Error(`${items.length} items were looked at`);
}
