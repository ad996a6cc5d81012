import { type EntityManager, p } from '@mikro-orm/core';
import { newId } from '@comanda/kernel/id';
import { provenanceOf } from './provenance.ts';

const now = (_: unknown, em: EntityManager): Date => provenanceOf(em).clock.now();

/** A UUIDv7 as text: the same type on every database. */
export const uuid = () => p.string().length(36);

/** The columns of everything that is kept: whatever is deleted stays and can be restored. */
export const base = {
  id: uuid()
    .primary()
    .onCreate(() => newId()),
  createdAt: p.datetime(3).onCreate(now),
  updatedAt: p.datetime(3).onCreate(now).onUpdate(now),
  deletedAt: p.datetime(3).strictNullable(),
  version: p.integer().version(),
};

interface Within {
  restaurantId: string | null;
  everywhere: boolean;
}

const notDeleted = { name: 'notDeleted', cond: { deletedAt: null }, default: true } as const;

const tenant = {
  name: 'tenant',
  cond: ({ restaurantId, everywhere }: Within) => (everywhere ? {} : { restaurantId }),
  default: true,
} as const;

/** Rows of no restaurant: accounts, sessions, profiles. */
export const ownFilters = { notDeleted };

/** Rows of one restaurant: seen only through an entity manager opened for it. */
export const tenantFilters = { notDeleted, tenant };
