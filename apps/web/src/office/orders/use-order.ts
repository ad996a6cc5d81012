import { type OrderView, refusedWith } from '@comanda/client';
import { useDoing } from '../../house/doing.ts';
import { useSay } from '../../parts/toasts.tsx';
import { keepOrder, lookAgain } from './order-cache.ts';
import { whyNot } from './order-words.ts';

interface OrderDoing<Input> {
  order: OrderView;
  call: (input: Input) => Promise<OrderView>;
  said: string | ((order: OrderView) => string);
  onDone?: () => void;
  /** Answers true where the form itself tells what went wrong. */
  onRefused?: (error: unknown) => boolean;
}

/** One change of an order; whatever comes of it, the order is shown as it is. */
export function useOrderDoing<Input = void>(doing: OrderDoing<Input>) {
  const say = useSay();
  const { order, call, said, onDone, onRefused } = doing;
  return useDoing<Input, OrderView>({
    call,
    said,
    onDone: (changed) => {
      keepOrder(changed);
      onDone?.();
    },
    onRefused: (error) => {
      const isOld = refusedWith(error, 'VERSION_CONFLICT') || refusedWith(error, 'ORDER_SETTLED');
      if (isOld || refusedWith(error, 'ILLEGAL_TRANSITION')) lookAgain(order.id);
      if (!onRefused?.(error)) say(whyNot(error), 'bad');
      return true;
    },
  });
}
