import { defineErrors, refusal } from '@comanda/kernel/errors';
import { z } from 'zod';
import { CartIssue, LineIssue } from '../cart/cart.issues.schema.ts';
import { ItemState, OrderState, OrderType } from './orders.states.schema.ts';

const Issues = z.object({
  lines: z.array(z.object({ itemId: z.string(), name: z.string(), issues: z.array(LineIssue) })),
  issues: z.array(CartIssue),
});

export const orderErrors = defineErrors({
  CART_EMPTY: refusal('CONFLICT', 'There is nothing in the cart.', 'Put something in first.'),
  CART_ISSUES: refusal(
    'CONFLICT',
    'This cannot be ordered as it stands.',
    'Nothing was ordered. `details` say line by line what is in the way; `cart.show` tells the same.',
    Issues,
  ),
  SOLD_OUT: refusal(
    'CONFLICT',
    'Of something in it there is not enough left.',
    'Nothing was ordered. Order `details.items[].left` of it or less, or something else.',
    z.object({
      items: z.array(z.object({ itemId: z.string(), name: z.string(), left: z.int() })),
    }),
  ),
  PRICE_CHANGED: refusal(
    'CONFLICT',
    'It would cost something else than you expect.',
    'Nothing was ordered. Show the guest `details.total`, and order again with it as `expectedTotal`.',
    z.object({ expected: z.int(), total: z.int() }),
  ),
  TYPE_NOT_OFFERED: refusal(
    'CONFLICT',
    'This restaurant takes no such orders.',
    'Order in one of the ways in `details.offered`.',
    z.object({ offered: z.array(OrderType) }),
  ),
  ILLEGAL_TRANSITION: refusal(
    'CONFLICT',
    'An order does not go from the one state to the other.',
    'It can go to `details.allowed`; `orders.nextStates` says which of them are open to you.',
    z.object({ from: OrderState, to: OrderState, allowed: z.array(OrderState) }),
  ),
  ORDER_UNREADY: refusal(
    'CONFLICT',
    'Something has to come first.',
    '`details.needs` says what: a `reason` or `refundChoice` in the call, a delivery `crew`, its being `paid`, `itemsDone`, or `newItems`.',
    z.object({
      needs: z.enum(['reason', 'refundChoice', 'crew', 'paid', 'itemsDone', 'newItems']),
    }),
  ),
  ITEM_STATE: refusal(
    'CONFLICT',
    'An item does not go from the one state to the other.',
    'Somebody may have been quicker: it can go to `details.allowed`.',
    z.object({ from: ItemState, to: ItemState, allowed: z.array(ItemState) }),
  ),
  ORDER_SETTLED: refusal(
    'CONFLICT',
    'What has been paid, or is over, does not change any more.',
    'Refund it, or make another order.',
  ),
  ALREADY_ASSIGNED: refusal(
    'CONFLICT',
    'Somebody else brings this order.',
    'Take another one; a manager may assign it anew.',
  ),
  ASSIGNEE_UNFIT: refusal(
    'CONFLICT',
    'Orders are brought by the delivery crew of their own restaurant.',
    'Name somebody who has that role here.',
  ),
  REFUND_TOO_LARGE: refusal(
    'CONFLICT',
    'No more can go back than came in.',
    'Refund up to `details.refundable`.',
    z.object({ refundable: z.int() }),
  ),
});
