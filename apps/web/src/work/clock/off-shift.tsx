import { refusedWith } from '@comanda/client';
import { dayAndTime } from '../../house/figures.ts';
import { useWho } from '../../house/who.ts';
import { useWorkplace } from '../../house/workplace.ts';
import { ButtonLink } from '../../parts/button.tsx';
import { Notice } from '../../parts/notice.tsx';
import { breakOf, useCard } from './card.ts';

/** For pages of which most asks for a shift: says so before a button has to, and leads to the clock. */
export function OffShift({ capability }: { capability: string }) {
  const who = useWho();
  const { place } = useWorkplace();
  const { card, isKnown } = useCard();
  const asksForShift = who?.own.grants.some(
    (grant) => grant.capability === capability && grant.onShift,
  );
  const gate = place?.clock.gate;
  if (!asksForShift || !isKnown || gate === 'off' || gate === 'warn') return null;
  if (card && !breakOf(card)) return null;
  return (
    <Notice kind="warn">
      <p>{card ? 'You are on a break.' : 'You are not clocked in.'} So you can only look here.</p>
      <ButtonLink to="/work" kind="main">
        To the clock
      </ButtonLink>
    </Notice>
  );
}

/** What a call said that was made off shift all the same. */
export function OffShiftRefused({ error }: { error: unknown }) {
  const { place } = useWorkplace();
  if (!refusedWith(error, 'OFF_SHIFT')) return null;
  const { onBreak, nextShift } = error.details;
  return (
    <Notice kind="warn">
      <p>
        {onBreak ? 'You are on a break: end it first.' : 'You are not clocked in.'}
        {!onBreak &&
          nextShift &&
          ` Your next shift begins ${dayAndTime(nextShift.startsAt, place?.timeZone)}.`}
      </p>
      <ButtonLink to="/work" kind="main">
        To the clock
      </ButtonLink>
    </Notice>
  );
}
