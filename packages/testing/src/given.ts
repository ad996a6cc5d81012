import { type Role, ROLES } from '@comanda/kernel/access';
import { newId } from '@comanda/kernel/id';
import { Account, Membership } from '@comanda/domains/auth/auth.entity';
import type { House } from '@comanda/domains/context';
import { Category, MenuItem } from '@comanda/domains/menu/menu.entity';
import { Restaurant } from '@comanda/domains/restaurants/restaurants.entity';
import { orderingTerms, termsWith } from '@comanda/domains/restaurants/restaurants.terms.rules';
import type { OrderingTerms } from '@comanda/domains/restaurants/restaurants.ordering.schema';
import { DiningTable } from '@comanda/domains/tables/tables.entity';
import type { EntityManager } from '@comanda/storage/connect';
import { acrossRestaurants } from '@comanda/storage/tenancy';
import { behind } from './author.ts';
import { givenOrder, type OrderTraits } from './given-order.ts';
import { type BookTraits, givenBook, givenTask, type TaskTraits } from './given-own.ts';
import { givenRecipe, type RecipeTraits } from './given-recipe.ts';
import { givenShift, givenTimecard, type ShiftTraits, type TimecardTraits } from './given-work.ts';
import { givenReservation, type ReservationTraits } from './given-reservation.ts';

/** The password of everybody whom the kit makes. */
export const PASSWORD = 'correct horse battery';

export interface Person {
  id: string;
  username: string;
  role: Role;
  restaurantId: string | null;
}

interface PersonTraits {
  role?: Role;
  /** Left out: Little Lemon for staff, none for customers. */
  restaurantId?: string;
  username?: string;
  email?: string | null;
  phone?: string | null;
  firstName?: string;
  lastName?: string;
  level?: number | null;
  passwordHash?: string;
  active?: boolean;
}

interface RestaurantTraits {
  name?: string;
  timeZone?: string;
  currency?: string;
  /** What is left out is as where nobody has set any terms. */
  ordering?: Partial<OrderingTerms>;
}

interface CategoryTraits {
  restaurantId?: string;
  title?: string;
  slug?: string;
  position?: number;
}

interface ItemTraits {
  restaurantId?: string;
  categoryId?: string;
  name?: string;
  price?: number;
  stockMode?: 'none' | 'count' | 'out';
  stockLeft?: number;
}

interface TableTraits {
  restaurantId?: string;
  name?: string;
  section?: string | null;
  seatsMin?: number;
  seatsMax?: number;
  joinGroup?: string | null;
  active?: boolean;
}

const PLAIN_TABLE = { section: null, seatsMin: 1, seatsMax: 4, joinGroup: null, active: true };

/** An item of a menu as it is written down, but for its names. */
export const PLAIN_ITEM = {
  description: '',
  price: 900,
  taxBps: 1_000,
  featured: false,
  available: true,
  allergens: [],
  station: null,
  prepMinutes: null,
  options: [],
  mealtimes: null,
  stockMode: 'none' as const,
  stockLeft: 0,
  stockLow: 5,
};

/** What a test starts from: only the traits that matter are named, the rest is made up. */
export class Given {
  readonly #house: House;
  readonly #passwordHash: string;
  readonly #home: string;
  #count = 0;

  constructor(house: House, home: string, passwordHash: string) {
    this.#house = house;
    this.#home = home;
    this.#passwordHash = passwordHash;
  }

  async restaurant(traits: RestaurantTraits = {}): Promise<string> {
    const id = newId();
    const em = acrossRestaurants(this.#house.database, behind(this.#house.clock));
    const {
      name = `Restaurant ${++this.#count}`,
      timeZone = 'Europe/Rome',
      currency = 'EUR',
    } = traits;
    const ordering = traits.ordering ? termsWith(orderingTerms(null), traits.ordering) : null;
    const said = { name, timeZone, currency, ordering, address: null, phone: null };
    em.create(Restaurant, { id, slug: `r-${id}`, ...said });
    await em.flush();
    return id;
  }

  /** A part of Little Lemon's menu, or of another's. */
  async category({ restaurantId = this.#home, ...traits }: CategoryTraits = {}): Promise<string> {
    const em = acrossRestaurants(this.#house.database, behind(this.#house.clock));
    const { title = `Category ${++this.#count}`, position = this.#count } = traits;
    const said = { slug: traits.slug ?? `c-${newId()}`, title, position, skipsKitchen: false };
    const { id } = em.create(Category, { id: newId(), restaurantId, ...said });
    await em.flush();
    return id;
  }

  /** Something to order, of 9.00 and in a category of its own unless it is said. */
  async item(traits: ItemTraits = {}): Promise<string> {
    const { restaurantId = this.#home, name = `Item ${++this.#count}`, ...rest } = traits;
    const { categoryId = await this.category({ restaurantId }), ...said } = rest;
    const em = acrossRestaurants(this.#house.database, behind(this.#house.clock));
    const category = await em.findOneOrFail(Category, categoryId);
    const { id } = em.create(MenuItem, {
      ...PLAIN_ITEM,
      photoId: null,
      recipeId: null,
      ...said,
      id: newId(),
      restaurantId,
      category,
      categoryPosition: category.position,
      name,
      sortName: name.toLowerCase(),
      slug: `i-${newId()}`,
    });
    await em.flush();
    return id;
  }

  /** Where guests sit, four at the most unless it is said. */
  async table({ restaurantId = this.#home, ...traits }: TableTraits = {}): Promise<string> {
    const em = acrossRestaurants(this.#house.database, behind(this.#house.clock));
    const { name = `Table ${++this.#count}` } = traits;
    const said = { ...PLAIN_TABLE, ...traits, name };
    const { id } = em.create(DiningTable, { id: newId(), restaurantId, ...said });
    await em.flush();
    return id;
  }

  /** When somebody is to work: now, unless it is said. */
  shift({ restaurantId = this.#home, ...traits }: ShiftTraits) {
    return givenShift(this.#house, { restaurantId, ...traits });
  }

  /** Somebody at work, unless it is said. */
  timecard({ restaurantId = this.#home, ...traits }: TimecardTraits) {
    return givenTimecard(this.#house, { restaurantId, ...traits });
  }

  /** How something is cooked: no secret, unless it is said. */
  recipe({ restaurantId = this.#home, ...traits }: RecipeTraits) {
    return givenRecipe(this.#house, { restaurantId, ...traits });
  }

  /** An order of one item that nobody has begun to cook, unless it is said. */
  order({ restaurantId = this.#home, ...traits }: OrderTraits = {}) {
    return givenOrder(this.#house, { restaurantId, ...traits });
  }

  /** A party of two that comes tomorrow and has asked, unless it is said. */
  reservation({ restaurantId = this.#home, ...traits }: ReservationTraits = {}): Promise<string> {
    return givenReservation(this.#house, { restaurantId, ...traits });
  }

  /** What somebody wrote down for themselves, unless it is said. */
  task(traits: TaskTraits): Promise<string> {
    return givenTask(this.#house, traits);
  }

  /** A book without an ISBN, unless it is said. */
  book(traits: BookTraits): Promise<string> {
    return givenBook(this.#house, traits);
  }

  async person(traits: PersonTraits = {}): Promise<Person> {
    const [person] = await this.people([traits]);
    return person;
  }

  /** Stored in one go. */
  async people<Traits extends PersonTraits[]>(
    traits: [...Traits],
  ): Promise<{ [each in keyof Traits]: Person }> {
    const em = acrossRestaurants(this.#house.database, behind(this.#house.clock));
    const people = traits.map((each) => this.#person(em, each));
    await em.flush();
    return people as { [each in keyof Traits]: Person };
  }

  #person(em: EntityManager, traits: PersonTraits): Person {
    const { role = 'customer', active = true } = traits;
    const username = traits.username ?? `${role}.${++this.#count}`;
    const now = this.#house.clock.now();
    const restaurantId = traits.restaurantId ?? (role === 'customer' ? null : this.#home);
    const account = em.create(Account, {
      id: newId(),
      username,
      email: traits.email ?? null,
      phone: traits.phone ?? null,
      firstName: traits.firstName ?? 'Some',
      lastName: traits.lastName ?? 'Body',
      passwordHash: traits.passwordHash ?? this.#passwordHash,
      deactivatedAt: active ? null : now,
      madeIn: restaurantId,
      lastLoginAt: null,
    });
    if (restaurantId) {
      const { level = null } = traits;
      em.create(Membership, { account, restaurantId, role, level, hiredAt: now });
    }
    return { id: account.id, username, role, restaurantId };
  }
}

export async function plantHome(house: House, passwordHash: string): Promise<Home> {
  const em = acrossRestaurants(house.database, behind(house.clock));
  const restaurant = em.create(Restaurant, {
    id: newId(),
    name: 'Little Lemon',
    slug: 'little-lemon',
    address: null,
    phone: null,
    timeZone: 'Europe/Rome',
    currency: 'EUR',
  });
  await em.flush();
  const given = new Given(house, restaurant.id, passwordHash);
  const people = await given.people(ROLES.map((role) => ({ role, username: role })));
  const staff = Object.fromEntries(people.map((person) => [person.role, person]));
  return { restaurantId: restaurant.id, staff: staff as Record<Role, Person> };
}

/** Little Lemon, and one person of every role in it. */
export interface Home {
  restaurantId: string;
  staff: Record<Role, Person>;
}
