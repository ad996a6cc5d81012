import { newId } from '@comanda/kernel/id';
import { Book } from '@comanda/domains/books/books.entity';
import type { House } from '@comanda/domains/context';
import { Task } from '@comanda/domains/tasks/tasks.entity';
import { withoutRestaurant } from '@comanda/storage/tenancy';
import { behind } from './author.ts';

export interface TaskTraits {
  ownerId: string;
  title?: string;
  dueAt?: Date | null;
  doneAt?: Date | null;
  /** Who gave it to its owner, and where. */
  given?: { by: string; restaurantId: string };
}

export async function givenTask(house: House, traits: TaskTraits): Promise<string> {
  const em = withoutRestaurant(house.database, behind(house.clock));
  const { ownerId, title = 'Something to do', dueAt = null, doneAt = null, given } = traits;
  const { id } = em.create(Task, {
    id: newId(),
    ownerId,
    title,
    description: null,
    dueAt,
    doneAt,
    restaurantId: given?.restaurantId ?? null,
    assignedById: given?.by ?? null,
    assignedBy: given ? 'Some Body' : null,
  });
  await em.flush();
  return id;
}

export interface BookTraits {
  ownerId: string;
  title?: string;
  author?: string;
  /** Thirteen digits. */
  isbn?: string | null;
}

export async function givenBook(house: House, traits: BookTraits): Promise<string> {
  const em = withoutRestaurant(house.database, behind(house.clock));
  const { ownerId, title = 'Some Book', author = 'Some Body', isbn = null } = traits;
  const empty = { description: '', publishedOn: null, coverId: null };
  const { id } = em.create(Book, { id: newId(), ownerId, title, author, isbn, ...empty });
  await em.flush();
  return id;
}
