import { type NextStates, type OrderCard, refusedWith } from '@comanda/client';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { calls, comanda } from '../../house/comanda.ts';
import { useDoing } from '../../house/doing.ts';
import { Ask } from '../../parts/ask.tsx';
import { Button } from '../../parts/button.tsx';
import { TextField, Tick } from '../../parts/field.tsx';
import { Notice } from '../../parts/notice.tsx';
import { useSay } from '../../parts/toasts.tsx';
import { OffShiftRefused } from '../clock/off-shift.tsx';
import { refresh, took } from './open-orders.ts';
import { moveInWords, orderRefusal, STATES } from './words.ts';

type Move = NextStates['items'][number];

interface Told {
  move: Move;
  reason: string;
  refund: boolean;
}

/** A button for everywhere this order may go, as the service says. */
export function Moves({ order }: { order: OrderCard }) {
  const { id: orderId, version: expectedVersion, state, type } = order;
  const [asked, setAsked] = useState<Move>();
  const say = useSay();
  const { data } = useQuery(calls.orders.nextStates.queryOptions({ orderId }));
  const { run, busy, error, input, reset } = useDoing({
    call: ({ move: { to, needsRefundChoice }, reason, refund }: Told) => {
      const said = { orderId, expectedVersion, ...(reason.trim() !== '' && { reason }) };
      if (to !== 'cancelled') return comanda.orders.advance.mutate({ ...said, to });
      return comanda.orders.cancel.mutate({ ...said, ...(needsRefundChoice && { refund }) });
    },
    onDone: (moved) => {
      took(moved);
      // What is closed leaves the page; the others show where they are.
      if (moved.closedAt !== null)
        say(`Order ${moved.number}: ${STATES[moved.state].toLowerCase()}.`);
      setAsked(undefined);
    },
    onRefused: () => {
      refresh(orderId);
      return true;
    },
  });
  const begin = (move: Move) => {
    reset();
    if (move.needsReason || move.to === 'cancelled') setAsked(move);
    else run({ move, reason: '', refund: false });
  };
  // Where it could go from an older state is no offer any more.
  const moves = data?.version === expectedVersion ? data.items : [];
  return (
    <>
      {moves.map((move) => (
        <Button
          key={move.to}
          kind={move.to === 'cancelled' ? 'danger' : move.needsReason ? 'plain' : 'main'}
          busy={busy && input?.move.to === move.to}
          onClick={() => begin(move)}
        >
          {moveInWords(state, move.to, type)}
        </Button>
      ))}
      {error !== null && !asked && <Refused error={error} />}
      {asked && (
        <Why
          move={asked}
          title={`${moveInWords(state, asked.to, type)}: order ${order.number}?`}
          busy={busy}
          error={error}
          onClose={() => setAsked(undefined)}
          onYes={run}
        />
      )}
    </>
  );
}

function Refused({ error }: { error: unknown }) {
  if (refusedWith(error, 'OFF_SHIFT')) return <OffShiftRefused error={error} />;
  return <Notice kind="bad">{orderRefusal(error)}</Notice>;
}

interface WhyProps {
  move: Move;
  title: string;
  busy: boolean;
  error: unknown;
  onClose: () => void;
  onYes: (told: Told) => void;
}

function Why({ move, title, busy, error, onClose, onYes }: WhyProps) {
  const [reason, setReason] = useState('');
  const [refund, setRefund] = useState(true);
  return (
    <Ask
      open
      onClose={onClose}
      title={title}
      yes={move.to === 'cancelled' ? 'Cancel it' : 'Yes'}
      busy={busy}
      onYes={() => onYes({ move, reason, refund })}
    >
      <TextField
        label={move.needsReason ? 'Why' : 'Why, if you like'}
        maxLength={300}
        value={reason}
        onChange={({ target }) => setReason(target.value)}
      />
      {move.needsRefundChoice && (
        <Tick
          label="What was paid goes back"
          checked={refund}
          onChange={({ target }) => setRefund(target.checked)}
        />
      )}
      {error !== null && <Refused error={error} />}
    </Ask>
  );
}
