import { type Contract, type Procedure, resolved } from '../contract.ts';

/** Where a procedure stands in the REST mirror. */
export interface Place {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** As in `/menu/items/{itemId}`; what is in braces are fields of the input. */
  path: string;
}

/** By what a noun's own rows are named. */
const IDS: Record<string, string> = {
  people: 'personId',
  restaurants: 'restaurantId',
  shifts: 'shiftId',
  items: 'itemId',
  categories: 'categoryId',
  tables: 'tableId',
  recipes: 'recipeId',
  orders: 'orderId',
  reservations: 'reservationId',
  tasks: 'taskId',
  books: 'bookId',
};

/** Where the rule below would say it worse. */
const SPECIAL: Record<string, string> = {
  'auth.sessions.revoke': 'DELETE /auth/sessions/{id}',
  'auth.passes.issue': 'POST /auth/passes',
  'auth.passes.revoke': 'DELETE /auth/passes/{id}',
  'shifts.schedule': 'POST /shifts',
  'shifts.correct': 'PATCH /shifts/timecards/{cardId}',
  'quotas.set': 'PUT /quotas/{role}',
  'menu.list': 'GET /menu/items',
  'menu.show': 'GET /menu/items/{itemId}',
  'cart.open': 'POST /cart',
  'cart.list': 'GET /carts',
  'cart.add': 'POST /cart/lines',
  'cart.setQuantity': 'PUT /cart/lines/{key}/quantity',
  'cart.remove': 'DELETE /cart/lines/{key}',
  'cart.clear': 'DELETE /cart',
  'orders.place': 'POST /orders',
  'kitchen.startItem': 'POST /kitchen/items/{orderItemId}/start',
  'kitchen.finishItem': 'POST /kitchen/items/{orderItemId}/finish',
  'kitchen.recall': 'POST /kitchen/items/{orderItemId}/recall',
  'reservations.request': 'POST /reservations',
};

/** Verbs that are methods of HTTP; every other one is a word at the end of the path. */
const VERBS: Record<string, Place['method']> = {
  list: 'GET',
  show: 'GET',
  create: 'POST',
  update: 'PATCH',
  remove: 'DELETE',
};

export function placeOf(name: string, contract: Contract): Place {
  const procedure = contract.procedures[name];
  if (!procedure) throw new Error(`There is no ${name}`);
  const special = /^(\S+) (\S+)$/.exec(SPECIAL[name] ?? '');
  if (special) return { method: special[1] as Place['method'], path: special[2] ?? '' };
  const nouns = name.split('.');
  const verb = nouns.pop() ?? '';
  const own = IDS[nouns.at(-1) ?? ''];
  const isOfOne = own !== undefined && namesOwn(procedure, own, contract);
  const start = `/${nouns.map(kebab).join('/')}${isOfOne ? `/{${own}}` : ''}`;
  const method = VERBS[verb];
  if (method) return { method, path: start };
  const [, what] = /^set([A-Z]\w*)$/.exec(verb) ?? [];
  if (what) return { method: 'PUT', path: `${start}/${kebab(what)}` };
  return {
    method: procedure.type === 'mutation' ? 'POST' : 'GET',
    path: `${start}/${kebab(verb)}`,
  };
}

/** Of restaurants it may be left out elsewhere, where there is one only; in a path it stands. */
function namesOwn({ input }: Procedure, own: string, { types }: Contract): boolean {
  const { required = [], properties = {} } = input ? resolved(input, types) : {};
  return required.includes(own) || (own === IDS['restaurants'] && own in properties);
}

function kebab(word: string): string {
  return word.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
}

/** The fields of the input that stand in a path. */
export function fieldsIn(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, field = '']) => field);
}
