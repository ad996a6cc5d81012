import { useState } from 'react';
import { useNow } from '../house/live.ts';
import { Waiting } from '../parts/notice.tsx';
import { Page } from '../parts/page.tsx';
import { useSay } from '../parts/toasts.tsx';
import { Bar } from './bar.tsx';
import { cardsOf, isAt, keyOf, type Station, workOf } from './cards.ts';
import { useCooking } from './cooking.ts';
import { Finished } from './finished.tsx';
import { useFresh } from './fresh.ts';
import { Grid } from './grid.tsx';
import { KeyHelp } from './key-help.tsx';
import { useKeptChoice } from './kept-choice.ts';
import { Refused, Stale } from './refused.tsx';
import { useWakeLock } from './screen.ts';
import { useSound } from './sound.ts';
import { useStation, useStations } from './station.ts';
import { Stations } from './stations.tsx';
import { useTicketKeys } from './ticket-keys.ts';
import { TicketSheet } from './ticket-sheet.tsx';
import { type Hearing, useBoard } from './use-board.ts';
import { spokenTickets } from './words.ts';

/** Everything on the screen: it hears what happens, and says what is new. */
export function Display() {
  const [station, choose] = useStation();
  const [announced, announce] = useState('');
  const [isHelping, setIsHelping] = useState(false);
  const [letters, keepLetters] = useKeptChoice('letters', 'on');
  const say = useSay();
  const sound = useSound();
  const fresh = useFresh();
  const hearing = useBoard(({ fresh: tickets, calledOff }) => {
    for (const { number } of calledOff) say(`Order ${number} was called off.`, 'bad');
    const own = tickets.filter(({ items }) => items.some((item) => isAt(item, station)));
    if (own.length === 0) return;
    fresh.add(own.map(keyOf));
    sound.ring();
    announce(spokenTickets(own));
  });
  useWakeLock();
  const help = () => setIsHelping(true);
  return (
    <Page title="Kitchen" wide actions={<Bar hearing={hearing} sound={sound} help={help} />}>
      <p className="unseen" role="status">
        {announced}
      </p>
      {hearing.liveness === 'refused' ? (
        <Refused why={hearing.why} again={hearing.again} />
      ) : (
        <Shown
          {...{ hearing, station, choose, help, fresh: fresh.keys }}
          letters={letters === 'on'}
        />
      )}
      {isHelping && (
        <KeyHelp
          letters={letters === 'on'}
          setLetters={(works) => keepLetters(works ? 'on' : 'off')}
          onClose={() => setIsHelping(false)}
        />
      )}
    </Page>
  );
}

interface ShownProps {
  hearing: Hearing;
  station: Station;
  choose: (station: Station) => void;
  fresh: ReadonlySet<string>;
  help: () => void;
  letters: boolean;
}

function Shown({ hearing, station, choose, fresh, help, letters }: ShownProps) {
  const { board, liveness, aheadMs } = hearing;
  const now = useNow() + aheadMs;
  const say = useSay();
  const [openKey, open] = useState<string | null>(null);
  const work = workOf(board);
  const stations = useStations(work.keys(), station);
  const cards = cardsOf(board, station);
  const isOff = liveness === 'offline';
  const cooking = useCooking({ ...hearing, isOffline: isOff, say });
  useTicketKeys({ cards, stations, cooking, choose, open, help, letters });
  const tickets = [...board.orders.values()].flatMap((hung) => hung.tickets);
  const opened = tickets.find((ticket) => keyOf(ticket) === openKey);
  return (
    <>
      <Stations stations={stations} work={work} chosen={station} choose={choose} />
      <Stale hearing={hearing} />
      {board.isRead ? (
        <Grid {...{ cards: cards.open, cooking, now, fresh, isOff, open }} />
      ) : (
        <Waiting rows={4} label="Reading the tickets" />
      )}
      <Finished cards={cards.finished} open={open} />
      {opened && <TicketSheet ticket={opened} {...{ cooking, isOff }} onClose={() => open(null)} />}
    </>
  );
}
