import { setInterval as every } from 'node:timers/promises';
import type { Client } from '@comanda/client';
import { outcomeOf } from '../auth/callers.ts';

/** Ten times a second; answers when each call began that was answered. */
export function callUntilRefused({ orders }: Client) {
  const begun = Promise.withResolvers<void>();
  const call = async () => {
    const answered: number[] = [];
    for await (const _ of every(100)) {
      const now = performance.now();
      if ((await outcomeOf(orders.list.query())) !== 'ok') break;
      answered.push(now);
      begun.resolve();
    }
    return answered;
  };
  return { begun: begun.promise, answered: call() };
}
