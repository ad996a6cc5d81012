import { type OrderItemView, refusedWith, type Ticket } from '@comanda/client';
import { useEffect, useState } from 'react';
import { comanda } from '../house/comanda.ts';
import { inWords } from '../house/wording.ts';
import { type Board, type Hope, withHope, withOrder, withoutHope, withTickets } from './board.ts';
import { type Card, isLeft } from './cards.ts';
import { softly } from './words.ts';

interface Tools {
  current: () => Board;
  change: (make: (board: Board) => Board) => void;
  reread: () => void;
  /** Opens the stream anew: it tells why nothing can be done here. */
  again: () => void;
  isOffline: boolean;
  say: (sentence: string, kind?: 'good' | 'bad') => void;
}

/** What a cook does by a tap. What is tapped is to be seen at once, and taken back if it is refused. */
export interface Cooking {
  /** A new item is begun, one that was begun is finished. */
  step: (ticket: Ticket, item: OrderItemView) => void;
  /** All of the card is done; with the last of an order the order is ready. */
  finish: (card: Card) => void;
  accept: (ticket: Ticket) => void;
  recall: (ticket: Ticket, item: OrderItemView, reason: string) => void;
}

/** The same object for as long as the page is open: tickets are not drawn anew for its sake. */
export function useCooking(tools: Tools): Cooking {
  const [{ cooking, equip }] = useState(equipped);
  useEffect(() => equip(tools));
  return cooking;
}

function equipped() {
  let latest: Tools | undefined;
  const tools = () => {
    if (!latest) throw new Error('Nothing can be tapped before the page is there.');
    return latest;
  };
  const equip = (tools: Tools) => {
    latest = tools;
  };
  return { cooking: cookingWith(tools), equip };
}

interface Job {
  ticket: Ticket;
  hope: Pick<Hope, 'items' | 'state'>;
  work: () => Promise<void>;
}

function cookingWith(tools: () => Tools): Cooking {
  const run = runner(tools);
  const { items, order } = callsWith(tools);
  return {
    step: (ticket, item) => {
      const isNew = item.state === 'queued';
      const call = isNew ? items.start : items.finish;
      const state = isNew ? 'cooking' : 'done';
      run({
        ticket,
        hope: { items: new Map([[item.id, state]]) },
        work: () => call(ticket, item.id),
      });
    },
    finish: ({ ticket, items: own, left }) => {
      const undone = own.filter(isLeft);
      const isLast = left === undone.length;
      run({
        ticket,
        hope: {
          items: new Map(undone.map(({ id }) => [id, 'done'])),
          ...(isLast && { state: 'ready' }),
        },
        work: async () => {
          for (const { id } of undone) await items.finish(ticket, id).catch(unlessDone);
          if (isLast) await order(ticket, 'ready');
        },
      });
    },
    accept: (ticket) => {
      run({ ticket, hope: { state: 'confirmed' }, work: () => order(ticket, 'confirmed') });
    },
    recall: (ticket, item, reason) => {
      run({
        ticket,
        hope: { items: new Map([[item.id, 'cooking']]), state: 'preparing' },
        work: () => items.recall(ticket, item.id, reason),
      });
    },
  };
}

/** The calls; what they answer goes onto the board. */
function callsWith(tools: () => Tools) {
  const hang = ({ orderId }: Ticket, { items }: { items: Ticket[] }) =>
    tools().change((board) => withTickets(board, orderId, items));
  const { startItem, finishItem, recall } = comanda.kitchen;
  const items = {
    start: async (ticket: Ticket, orderItemId: string) =>
      hang(ticket, await startItem.mutate({ orderItemId })),
    finish: async (ticket: Ticket, orderItemId: string) =>
      hang(ticket, await finishItem.mutate({ orderItemId })),
    recall: async (ticket: Ticket, orderItemId: string, reason: string) =>
      hang(ticket, await recall.mutate({ orderItemId, reason })),
  };
  const order = async ({ orderId, version }: Ticket, to: 'confirmed' | 'ready') => {
    const expectedVersion = tools().current().orders.get(orderId)?.version ?? version;
    const view = await comanda.orders.advance.mutate({ orderId, expectedVersion, to });
    tools().change((board) => withOrder(board, view));
  };
  return { items, order };
}

/** Of a whole ticket somebody else may have finished a part: then it is as it was wanted. */
function unlessDone(error: unknown): void {
  if (!refusedWith(error, 'ITEM_STATE') || error.details.from !== 'done') throw error;
}

/** Does the jobs of an order one after the other, as they were tapped; orders do not wait for each other. */
function runner(tools: () => Tools): (job: Job) => void {
  const lines = new Map<string, Promise<void>>();
  let jobs = 0;
  return ({ ticket, hope, work }) => {
    const { isOffline, change, say } = tools();
    // Not kept for later: by then somebody else may have cooked it or called it off, and until then
    // this screen would show as done what no other screen knows of.
    if (isOffline) {
      say('Offline: this can be done once the kitchen is connected again.', 'bad');
      return;
    }
    const job = ++jobs;
    const { orderId } = ticket;
    change((board) => withHope(board, { job, orderId, ...hope }));
    const settled = (lines.get(orderId) ?? Promise.resolve())
      .then(work)
      .catch((error: unknown) => refused(tools(), error, ticket))
      .finally(() => {
        tools().change((board) => withoutHope(board, job));
        if (lines.get(orderId) === settled) lines.delete(orderId);
      });
    lines.set(orderId, settled);
  };
}

function refused({ say, reread, again }: Tools, error: unknown, ticket: Ticket): void {
  if (refusedWith(error, 'OFF_SHIFT')) {
    again();
    return;
  }
  const soft = softly(error, ticket);
  if (soft === undefined) say(inWords(error), 'bad');
  else say(soft);
  // Also after a lost answer: what was tapped may have happened.
  reread();
}
