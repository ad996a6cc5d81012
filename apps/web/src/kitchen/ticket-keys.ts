import { useSay } from '../parts/toasts.tsx';
import { ALL, type Card, type Cards, isLeft, type Station } from './cards.ts';
import type { Cooking } from './cooking.ts';
import { neighbour, type Towards, useKeys } from './keys.ts';

interface Worked {
  cards: Cards;
  stations: readonly string[];
  cooking: Cooking;
  choose: (station: Station) => void;
  open: (key: string) => void;
  help: () => void;
  /** Whether letters and numbers do something. */
  letters: boolean;
}

/** What keys do to tickets. */
export function useTicketKeys(worked: Worked): void {
  const { cards, stations, cooking, choose, open, help, letters } = worked;
  const say = useSay();
  const here = () => cards.open.find(({ key }) => key === focused()?.getAttribute('data-ticket'));
  const step = () => {
    const card = here();
    const item = card?.items.find(isLeft);
    if (card && item) cooking.step(card.ticket, item);
    else if (card?.isAllDone) cooking.finish(card);
  };
  const finish = () => {
    const card = here();
    if (card) cooking.finish(card);
  };
  const recall = () => {
    const own = here();
    const [last] = cards.finished;
    const card = own && hasDone(own) ? own : last;
    if (card) open(card.key);
    else say('Nothing was finished yet.');
  };
  const station = (nth: number) => {
    const named = nth === 0 ? ALL : stations[nth - 1];
    if (named !== undefined) choose(named);
  };
  useKeys({ move, step, finish, recall, station, help }, { letters });
}

function hasDone({ items }: Card): boolean {
  return items.some(({ state }) => state === 'done');
}

function focused(): Element | null {
  return document.activeElement?.closest('.kitchen-ticket') ?? null;
}

function move(towards: Towards): void {
  const from = focused();
  const to = from ? neighbour(from, towards) : document.querySelector('.kitchen-ticket');
  if (!(to instanceof HTMLElement)) return;
  to.focus({ preventScroll: true });
  to.scrollIntoView({ block: 'nearest' });
}
