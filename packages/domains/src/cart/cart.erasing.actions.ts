import { forgetValues } from '@comanda/storage/erasing';
import { LockMode } from '@comanda/storage/transaction';
import type { Erasing } from '../context.ts';
import { Cart } from './cart.entity.ts';

/** Before the orders: whoever is ordering has either ordered by now, or finds no cart any more. */
export const eraseCarts: Erasing = async ({ em }, { accountId: ownerId }) => {
  const held = { filters: false, lockMode: LockMode.PESSIMISTIC_WRITE } as const;
  const carts = await em.find(Cart, { ownerId }, held);
  await em.remove(carts).flush();
  await forgetValues(
    em,
    Cart,
    carts.map(({ id }) => id),
  );
};
