import { type RefusalDetails, refusedWith } from '@comanda/client';
import { useEffect, useEffectEvent } from 'react';
import { comanda } from '../house/comanda.ts';
import { clockTime, dayAndTime } from '../house/figures.ts';
import { useRestaurant } from '../house/restaurant.ts';
import { ButtonLink, Button } from '../parts/button.tsx';
import { Notice, Problem } from '../parts/notice.tsx';
import type { Hearing } from './use-board.ts';

const LOOK_MS = 30_000;

/** Why there are no tickets, and what can be done about it. */
export function Refused({ why, again }: { why: unknown; again: () => void }) {
  if (refusedWith(why, 'OFF_SHIFT')) return <OffShift details={why.details} again={again} />;
  return <Problem error={why} retry={again} />;
}

interface OffShiftProps {
  details: RefusalDetails['OFF_SHIFT'];
  again: () => void;
}

/** Looks by itself whether they are at work by now: they may clock in on a phone, with wet hands. */
function OffShift({ details: { onBreak, nextShift }, again }: OffShiftProps) {
  const { restaurant } = useRestaurant();
  const look = useEffectEvent(() => {
    comanda.kitchen.queue.query({ limit: 1 }).then(again, () => undefined);
  });
  useEffect(() => {
    const looking = setInterval(() => look(), LOOK_MS);
    return () => clearInterval(looking);
  }, []);
  const zone = restaurant?.timeZone;
  return (
    <div className="kitchen-off">
      <h2>{onBreak ? 'You are on a break' : 'You are not clocked in'}</h2>
      <p>
        {onBreak
          ? 'The tickets are here again as soon as your break is over.'
          : 'The tickets are for whoever is on shift.'}
      </p>
      {!onBreak && nextShift && (
        <p>
          Your next shift: {dayAndTime(nextShift.startsAt, zone)}. You can clock in from{' '}
          {clockTime(nextShift.clockInFrom, zone)} on.
        </p>
      )}
      {!onBreak && !nextShift && <p>No shift is planned for you. Ask your manager.</p>}
      <div className="row">
        <ButtonLink to="/work" kind="main">
          {onBreak ? 'End the break' : 'Clock in'}
        </ButtonLink>
        <Button onClick={again}>Look again</Button>
      </div>
    </div>
  );
}

/** Says that the tickets may be old, and how old; and what was wrong with reading them. */
export function Stale({ hearing: { liveness, board, why, asOf, reread } }: { hearing: Hearing }) {
  const { restaurant } = useRestaurant();
  if (liveness === 'offline' && board.isRead) {
    return (
      <Notice kind="bad">
        <p className="kitchen-stale">
          <b>Offline.</b>{' '}
          {asOf && `This is how it was at ${clockTime(asOf, restaurant?.timeZone)}.`} Nothing can be
          tapped until the kitchen is connected again; it comes back by itself.
        </p>
      </Notice>
    );
  }
  if (why !== null && why !== undefined) return <Problem error={why} retry={reread} />;
  return null;
}
