import { type RefObject, useEffect, useRef } from 'react';

/**
 * Whoever works by keys is not thrown to the top of the page when the ticket they are at is done: the
 * next one has the focus then.
 */
export function useTicketFocus(frame: RefObject<HTMLElement | null>): void {
  const at = useRef<{ key: string; nth: number } | null>(null);
  useEffect(() => {
    const look = ({ target }: FocusEvent) => {
      const ticket = target instanceof Element ? target.closest('.kitchen-ticket') : null;
      const key = ticket?.getAttribute('data-ticket');
      at.current = ticket && key ? { key, nth: ticketsIn(frame).indexOf(ticket) } : null;
    };
    document.addEventListener('focusin', look);
    return () => document.removeEventListener('focusin', look);
  }, [frame]);
  // After every picture: what was focused may have gone with it.
  useEffect(() => {
    const last = at.current;
    if (last === null || document.activeElement !== document.body) return;
    const tickets = ticketsIn(frame);
    const same = tickets.find((ticket) => ticket.getAttribute('data-ticket') === last.key);
    const next = same ?? tickets[Math.min(last.nth, tickets.length - 1)];
    if (next instanceof HTMLElement) next.focus({ preventScroll: true });
  });
}

function ticketsIn({ current }: RefObject<HTMLElement | null>): Element[] {
  return [...(current?.querySelectorAll('.kitchen-ticket') ?? [])];
}
