import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { calls, kept } from '../house/comanda.ts';
import { Badge } from '../parts/badge.tsx';
import { Button } from '../parts/button.tsx';
import { Lamp } from '../parts/lamp.tsx';
import type { Board } from './board.ts';
import { useFullScreen } from './screen.ts';
import type { Sound } from './sound.ts';
import type { Hearing } from './use-board.ts';

const LOOK_MS = 60_000;
/** Orders move in bursts: one look for all of them spares the reads of whoever cooks. */
const CALM_MS = 3_000;

interface BarProps {
  hearing: Hearing;
  sound: Sound;
  help: () => void;
}

/** How the kitchen stands, and the switches of the screen. */
export function Bar({ hearing: { board, liveness }, sound, help }: BarProps) {
  const { isOffered, isFull, toggle } = useFullScreen();
  return (
    <>
      <Lamp liveness={liveness} />
      <Standing board={board} isAsked={liveness === 'live'} />
      <Button onClick={sound.toggle}>
        {sound.isOn ? 'Sound: on' : 'Sound: off'}
        {sound.isWaiting && <Badge tone="warn">after a tap</Badge>}
      </Button>
      {isOffered && (
        <Button className="is-for-walls" onClick={toggle}>
          {isFull ? 'Leave full screen' : 'Full screen'}
        </Button>
      )}
      <Button className="is-for-walls" onClick={help} aria-label="Keys">
        ?
      </Button>
    </>
  );
}

function Standing({ board, isAsked }: { board: Board; isAsked: boolean }) {
  const asking = calls.kitchen.status.queryOptions();
  const { data } = useQuery({ ...asking, enabled: isAsked, refetchInterval: LOOK_MS });
  const moves = [...board.orders].map(([id, { state }]) => id + state).join();
  useEffect(() => {
    const waiting = setTimeout(() => {
      void kept.invalidateQueries({ queryKey: calls.kitchen.status.queryKey() });
    }, CALM_MS);
    return () => clearTimeout(waiting);
  }, [moves]);
  return (
    <>
      {data?.paused && <Badge tone="warn">Orders are paused</Badge>}
      <dl className="kitchen-standing">
        <Figure name="Waiting" value={data?.pendingOrders} />
        <Figure name="Cooking" value={data?.preparingOrders} />
        <Figure name="Ready" value={data?.readyOrders} />
        <Figure name="On the menu" value={data?.availableItems} />
      </dl>
    </>
  );
}

function Figure({ name, value }: { name: string; value: number | undefined }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value ?? '–'}</dd>
    </div>
  );
}
