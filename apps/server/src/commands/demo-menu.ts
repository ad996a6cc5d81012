import { createCategory } from '@comanda/domains/menu/menu.categories.actions';
import { createItem } from '@comanda/domains/menu/menu.actions';
import { CreateCategory, CreateItem, type OptionGroup } from '@comanda/domains/menu/menu.schema';
import type { PlacedContext } from '@comanda/domains/context';
import { newId } from '@comanda/kernel/id';

type More = Partial<Omit<CreateItem, 'name' | 'description' | 'price' | 'options'>> & {
  options?: () => OptionGroup[];
};
type Dish = [name: string, description: string, price: number, more?: More];

/** A question with its answers, each with what it adds to the price. */
function group(name: string, [min, max]: [number, number], answers: [string, number][]) {
  return {
    id: newId(),
    name,
    min,
    max,
    options: answers.map(([name, priceDelta]) => ({
      id: newId(),
      name,
      priceDelta,
      available: true,
      maxQuantity: 1,
    })),
  };
}

const pasta = () => [
  group(
    'Pasta',
    [1, 1],
    [
      ['Spaghetti', 0],
      ['Rigatoni', 0],
      ['Gluten-free penne', 150],
    ],
  ),
  group(
    'Extras',
    [0, 3],
    [
      ['More pecorino', 100],
      ['Guanciale', 250],
      ['Chilli', 0],
    ],
  ),
];
const pizza = () => [
  group(
    'Base',
    [1, 1],
    [
      ['Classic', 0],
      ['Wholemeal', 100],
      ['Gluten-free', 250],
    ],
  ),
  group(
    'Toppings',
    [0, 5],
    [
      ['Buffalo mozzarella', 300],
      ['Anchovies', 200],
      ['Rocket', 150],
      ['’Nduja', 250],
      ['Mushrooms', 150],
    ],
  ),
];
const steak = () => [
  group(
    'Cooked',
    [1, 1],
    [
      ['Rare', 0],
      ['Medium', 0],
      ['Well done', 0],
    ],
  ),
  group(
    'Side',
    [1, 2],
    [
      ['Rosemary potatoes', 0],
      ['Chicory', 0],
      ['Truffle fries', 350],
    ],
  ),
];
const coffee = () => [
  group(
    'Milk',
    [0, 1],
    [
      ['Oat milk', 50],
      ['Lactose-free milk', 30],
    ],
  ),
];

const milk = ['milk'];
const gluten = ['gluten'];
const both = ['gluten', 'milk'];
const LUNCH = {
  mealtimes: Object.fromEntries(
    ['2', '3', '4', '5', '6'].map((day) => [day, [{ from: '12:00', to: '15:00' }]]),
  ),
};
const bar = { station: 'bar', prepMinutes: 2, taxBps: 2_200 };

// prettier-ignore
const MENU: { title: string; skipsKitchen?: boolean; dishes: Dish[] }[] = [
  {
    title: 'Antipasti',
    dishes: [
      ['Bruschetta al pomodoro', 'Grilled bread, tomatoes, basil, garlic', 650, { allergens: gluten }],
      ['Burrata', 'With roasted peppers and anchovies from Cantabria', 1_250, { allergens: ['milk', 'fish'], featured: true }],
      ['Vitello tonnato', 'Cold veal, tuna and caper sauce', 1_350, { allergens: ['fish', 'egg'] }],
      ['Caponata', 'Aubergine, celery, olives, capers, pine nuts', 900, { allergens: ['celery', 'nuts'] }],
      ['Fritto misto', 'Squid, prawns and courgettes, fried', 1_500, { allergens: ['gluten', 'fish', 'crustaceans'], station: 'fryer' }],
      ['Tagliere', 'Ham from Parma, mortadella, three cheeses', 1_700, { allergens: milk }],
      ['Focaccia di Recco', 'Two thin sheets, stracchino between them', 950, { allergens: both }],
    ],
  },
  {
    title: 'Primi',
    dishes: [
      ['Carbonara', 'Guanciale, egg yolk, pecorino romano, black pepper', 1_450, { allergens: ['gluten', 'egg', 'milk'], featured: true, options: pasta }],
      ['Amatriciana', 'Guanciale, tomato, pecorino', 1_400, { allergens: both, options: pasta }],
      ['Cacio e pepe', 'Pecorino and a lot of pepper', 1_300, { allergens: both, options: pasta }],
      ['Trofie al pesto', 'Basil from Prà, potatoes, green beans', 1_350, { allergens: ['gluten', 'milk', 'nuts'], featured: true }],
      ['Lasagne alla bolognese', 'Seven layers, slow ragù', 1_500, { allergens: ['gluten', 'egg', 'milk'] }],
      ['Gnocchi al gorgonzola', 'With walnuts', 1_350, { allergens: ['gluten', 'milk', 'nuts'] }],
      ['Risotto ai porcini', 'Carnaroli, porcini, parmesan', 1_650, { allergens: milk, prepMinutes: 22 }],
      ['Spaghetti alle vongole', 'Clams, white wine, parsley', 1_750, { allergens: ['gluten', 'molluscs'] }],
      ['Pansoti in salsa di noci', 'Filled with herbs, walnut sauce', 1_450, { allergens: ['gluten', 'milk', 'nuts'] }],
      ['Minestrone', 'Vegetables of the week', 950, { allergens: ['celery'], ...LUNCH }],
    ],
  },
  {
    title: 'Pizza',
    dishes: [
      ['Margherita', 'Tomato, mozzarella, basil', 950, { allergens: both, station: 'oven', options: pizza }],
      ['Marinara', 'Tomato, garlic, oregano', 800, { allergens: gluten, station: 'oven', options: pizza }],
      ['Diavola', 'Spicy salami', 1_150, { allergens: both, station: 'oven', options: pizza }],
      ['Quattro formaggi', 'Mozzarella, gorgonzola, fontina, parmesan', 1_250, { allergens: both, station: 'oven', options: pizza }],
      ['Capricciosa', 'Ham, artichokes, mushrooms, olives', 1_300, { allergens: both, station: 'oven', options: pizza }],
      ['Prosciutto e rucola', 'Ham from Parma, rocket, parmesan', 1_400, { allergens: both, station: 'oven', options: pizza }],
      ['Bufalina', 'Buffalo mozzarella, cherry tomatoes', 1_350, { allergens: both, station: 'oven', featured: true, options: pizza }],
      ['Calzone', 'Ricotta, ham, mozzarella', 1_250, { allergens: both, station: 'oven' }],
    ],
  },
  {
    title: 'Secondi',
    dishes: [
      ['Tagliata di manzo', 'Sliced sirloin, rosemary', 2_400, { station: 'grill', prepMinutes: 18, options: steak }],
      ['Bistecca alla fiorentina', 'For two, 1.1 kg', 6_800, { station: 'grill', prepMinutes: 30, options: steak }],
      ['Branzino al sale', 'Sea bass in a crust of salt', 2_600, { allergens: ['fish'], prepMinutes: 35 }],
      ['Cotoletta alla milanese', 'On the bone, lemon', 2_300, { allergens: ['gluten', 'egg'], station: 'fryer' }],
      ['Saltimbocca', 'Veal, sage, ham', 2_100, { allergens: ['gluten', 'milk'] }],
      ['Parmigiana di melanzane', 'Aubergine, tomato, mozzarella', 1_600, { allergens: ['milk', 'gluten'] }],
    ],
  },
  {
    title: 'Dolci',
    dishes: [
      ['Tiramisù', 'Mascarpone, coffee, cocoa', 750, { allergens: ['gluten', 'egg', 'milk'], featured: true }],
      ['Panna cotta', 'With wild berries', 650, { allergens: milk }],
      ['Torta di limoni', 'Lemons from Amalfi', 700, { allergens: ['gluten', 'egg', 'milk'] }],
      ['Cannolo siciliano', 'Ricotta, pistachios', 600, { allergens: ['gluten', 'milk', 'nuts'] }],
      ['Affogato', 'Vanilla ice cream, espresso', 550, { allergens: milk }],
      ['Gelato', 'Two scoops', 500, { allergens: milk }],
    ],
  },
  {
    title: 'Bevande',
    skipsKitchen: true,
    dishes: [
      ['Acqua frizzante', '0.75 l', 300, bar],
      ['Acqua naturale', '0.75 l', 300, bar],
      ['Limonata della casa', 'Lemons, mint, little sugar', 450, bar],
      ['Chinotto', '0.33 l', 350, bar],
      ['Espresso', '', 150, { ...bar, options: coffee }],
      ['Cappuccino', 'Until eleven, or when you like', 250, { ...bar, allergens: milk, options: coffee }],
      ['Vermentino', 'A glass, from Liguria', 650, { ...bar, allergens: ['sulphites'] }],
      ['Barbera d’Asti', 'A glass', 700, { ...bar, allergens: ['sulphites'] }],
    ],
  },
];

/** Little Lemon's menu: what a guest expects of a trattoria, with options, allergens and stations. */
export async function plantMenu(ctx: PlacedContext): Promise<void> {
  for (const [position, { title, skipsKitchen = false, dishes }] of MENU.entries()) {
    const said = CreateCategory.parse({ title, position, skipsKitchen });
    const { id: categoryId } = await createCategory(ctx, said);
    for (const [name, description, price, { options, ...more } = {}] of dishes) {
      const dish = { ...FROM_KITCHEN, ...more, name, description, price, categoryId };
      await createItem(ctx, CreateItem.parse({ ...dish, options: options?.() ?? [] }));
    }
  }
}

const FROM_KITCHEN = { station: 'kitchen', prepMinutes: 12, taxBps: 1_000 };
