import { useEffect, useEffectEvent } from 'react';

interface Keys {
  /** To the next ticket that way. */
  move: (towards: Towards) => void;
  /** Begins or finishes what comes next on the ticket; only while one is chosen. */
  step: () => void;
  finish: () => void;
  recall: () => void;
  /** 0 is the whole kitchen. */
  station: (nth: number) => void;
  help: () => void;
}

export type Towards = 'left' | 'right' | 'up' | 'down';

const ARROWS: Record<string, Towards> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

/** Works the kitchen from a keyboard, or from a bump bar that is one. Letters can be switched off. */
export function useKeys(keys: Keys, { letters }: { letters: boolean }): void {
  const pressed = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isElsewhere(event.target)) return;
    const act = actionOf(keys, event, letters);
    if (!act) return;
    event.preventDefault();
    act();
  });
  useEffect(() => {
    const hear = (event: KeyboardEvent) => pressed(event);
    window.addEventListener('keydown', hear);
    return () => window.removeEventListener('keydown', hear);
  }, []);
}

function actionOf(keys: Keys, event: KeyboardEvent, letters: boolean): (() => void) | undefined {
  const towards = ARROWS[event.key];
  if (towards) return () => keys.move(towards);
  const isTicket = event.target instanceof HTMLElement && event.target.matches('.kitchen-ticket');
  if (event.key === 'Enter' && isTicket) return event.shiftKey ? keys.finish : keys.step;
  if (!letters) return undefined;
  if (event.key === '?') return keys.help;
  if (event.key.toLowerCase() === 'r') return keys.recall;
  return /^\d$/.test(event.key) ? () => keys.station(Number(event.key)) : undefined;
}

/** Where keys mean something else: in a sheet, or where somebody types. */
function isElsewhere(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[role*="dialog"], input, select') !== null;
}

/** The ticket that lies next in that direction. */
export function neighbour(of: Element, towards: Towards): Element | undefined {
  const all = [...document.querySelectorAll('.kitchen-ticket')];
  if (towards === 'left') return all[all.indexOf(of) - 1];
  if (towards === 'right') return all[all.indexOf(of) + 1];
  const from = of.getBoundingClientRect();
  const sign = towards === 'down' ? 1 : -1;
  const away = (one: Element) => {
    const { top, left } = one.getBoundingClientRect();
    const rows = (top - from.top) * sign;
    // Nearer rows first, and in a row what lies nearest.
    return rows > 1 ? rows * 10 + Math.abs(left - from.left) : Infinity;
  };
  const nearest = all.toSorted((one, other) => away(one) - away(other))[0];
  return nearest && away(nearest) < Infinity ? nearest : undefined;
}
