import { refusedWith, type ReservationState, type ReservationView } from '@comanda/client';
import { useState } from 'react';
import { comanda } from '../../house/comanda.ts';
import { useDoing } from '../../house/doing.ts';
import { useKeptFocus } from '../../house/kept-focus.ts';
import { useKeys } from '../../house/once.ts';
import { useMay } from '../../house/who.ts';
import { Ask } from '../../parts/ask.tsx';
import { Button } from '../../parts/button.tsx';
import { Field } from '../../parts/field.tsx';
import { useSay } from '../../parts/toasts.tsx';
import { STATES, whyNot } from './reservation-words.ts';

type Step = 'confirm' | 'seat' | 'complete' | 'noShow';

const STEPS: Record<Step, string> = {
  confirm: 'Confirm',
  seat: 'Seat',
  complete: 'They left',
  noShow: 'Never came',
};

const NEXT: Record<ReservationState, Step[]> = {
  requested: ['confirm'],
  confirmed: ['seat', 'noShow'],
  seated: ['complete'],
  completed: [],
  cancelled: [],
  no_show: [],
};

interface PartyActionsProps {
  reservation: ReservationView;
  timeZone: string;
}

/** What can be done with a reservation as it stands. */
export function PartyActions({ reservation, timeZone }: PartyActionsProps) {
  const may = useMay();
  const say = useSay();
  const [isAsking, setIsAsking] = useState(false);
  const { id: reservationId, version: expectedVersion, state, customerName } = reservation;
  const { run, busy, input } = useDoing({
    call: (step: Step) => comanda.reservations[step].mutate({ reservationId, expectedVersion }),
    said: (now) => `${customerName}: ${STATES[now.state].word.toLowerCase()}.`,
    touches: ['reservations'],
    onRefused: (error) => {
      say(whyNot(error, timeZone), 'bad');
      return true;
    },
  });
  const steps = NEXT[state];
  const row = useKeptFocus<HTMLDivElement>();
  if (!may('reservation.manage')) return null;
  return (
    <div ref={row} tabIndex={-1} className="row">
      {steps.map((step, at) => (
        <Button
          key={step}
          kind={at === 0 ? 'main' : 'plain'}
          busy={busy && input === step}
          aria-disabled={busy}
          onClick={() => run(step)}
        >
          {STEPS[step]}
          <span className="unseen"> {customerName}</span>
        </Button>
      ))}
      {(state === 'requested' || state === 'confirmed') && (
        <Button kind="quiet" onClick={() => setIsAsking(true)}>
          Call off<span className="unseen"> {customerName}</span>
        </Button>
      )}
      {isAsking && (
        <CallOff reservation={reservation} timeZone={timeZone} onClose={() => setIsAsking(false)} />
      )}
    </div>
  );
}

function CallOff({ reservation, timeZone, onClose }: PartyActionsProps & { onClose: () => void }) {
  const keys = useKeys();
  const say = useSay();
  const [reason, setReason] = useState('');
  const { id: reservationId, version: expectedVersion, customerName } = reservation;
  const { run, busy } = useDoing({
    call: () => {
      const said = reason.trim() === '' ? {} : { reason: reason.trim() };
      const asked = { reservationId, expectedVersion, ...said };
      return comanda.reservations.cancel.mutate(keys.keyed(asked));
    },
    said: `${customerName} is called off; the table is free again.`,
    touches: ['reservations'],
    onDone: () => {
      keys.answered();
      onClose();
    },
    onRefused: (error) => {
      say(whyNot(error, timeZone), 'bad');
      if (refusedWith(error, 'RESERVATION_STATE')) onClose();
      return true;
    },
  });
  return (
    <Ask
      open
      onClose={onClose}
      title={`Call off ${customerName}?`}
      yes="Call off"
      onYes={run}
      busy={busy}
    >
      <Field
        label="Why, for the guest"
        maxLength={300}
        value={reason}
        onChange={({ target }) => setReason(target.value)}
      />
    </Ask>
  );
}
