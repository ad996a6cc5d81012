import type { Client } from '@comanda/client';
import { allOf } from '../pages.ts';

interface Person {
  id: string;
  name: string;
}

/** Who works in a restaurant, by whatever they are called. */
export class People {
  readonly #byName = new Map<string, Person[]>();

  static async of(client: Client, restaurantId: string | undefined): Promise<People> {
    const people = new People();
    const asked = { restaurantId, active: true };
    const found = await allOf((page) => client.people.list.query({ ...asked, ...page }));
    for (const { id, username, email, phone, firstName, lastName } of found) {
      const called = `${firstName} ${lastName}`.trim();
      const name = called || (username ?? email ?? phone ?? id);
      people.#add({ id, name }, [id, username, email, phone, called]);
    }
    return people;
  }

  named(said: string): Person | { problem: string } {
    const [person, ...others] = this.#byName.get(keyOf(said)) ?? [];
    if (!person) return { problem: `nobody who works here is called ${said}` };
    if (others.length === 0) return person;
    return { problem: `${others.length + 1} people are called ${said}: say their username` };
  }

  #add(person: Person, names: readonly (string | null)[]): void {
    for (const key of new Set(names.map((name) => keyOf(name ?? '')))) {
      if (key !== '') this.#byName.set(key, [...(this.#byName.get(key) ?? []), person]);
    }
  }
}

function keyOf(name: string): string {
  const small = name.normalize('NFKC').trim().toLowerCase().replace(/\s+/g, ' ');
  const digits = small.replace(/[\s().\-/]/g, '').replace(/^00/, '+');
  return /^\+?\d+$/.test(digits) ? digits : small;
}
