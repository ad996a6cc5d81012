import type { TimecardView } from '@comanda/client';
import { clockTime } from '../../house/figures.ts';
import { useNow } from '../../house/live.ts';
import { useWorkplace } from '../../house/workplace.ts';
import { Button } from '../../parts/button.tsx';
import { Problem, Waiting } from '../../parts/notice.tsx';
import { breakOf, useCard, workedMs } from './card.ts';
import { ClockRefused } from './clock-refused.tsx';
import { usePunching } from './punching.ts';

/** In, out, and breaks: big enough for a thumb with flour on it. */
export function Clock() {
  const { card, cards, isKnown, error, retry } = useCard();
  const { place } = useWorkplace();
  const punching = usePunching();
  const { refused } = punching;
  if (error !== null && !isKnown) return <Problem error={error} retry={retry} />;
  if (!isKnown || !place) return <Waiting rows={2} label="Looking at the clock" />;
  return (
    <section className="card work-clock" aria-label="The clock">
      <p className="work-clock-state" role="status">
        {stateOf(card, place.timeZone)}
      </p>
      {card ? (
        <AtWork card={card} punching={punching} />
      ) : (
        <Button
          kind="main"
          className="work-clock-button"
          busy={punching.busy}
          onClick={() => punching.run('in')}
        >
          Clock in
        </Button>
      )}
      {refused !== null && <ClockRefused error={refused} timeZone={place.timeZone} />}
      <Worked cards={cards} />
    </section>
  );
}

function stateOf(card: TimecardView | undefined, timeZone: string): string {
  if (!card) return 'You are not at work.';
  const pause = breakOf(card);
  if (!pause) return `At work since ${clockTime(card.inAt, timeZone)}`;
  return `On a ${pause.paid ? 'paid ' : ''}break since ${clockTime(pause.startedAt, timeZone)}`;
}

interface AtWorkProps {
  card: TimecardView;
  punching: ReturnType<typeof usePunching>;
}

function AtWork({ card, punching: { run, busy, input } }: AtWorkProps) {
  const pause = breakOf(card);
  const out = (
    <Button
      kind={pause ? 'plain' : 'main'}
      className={pause ? '' : 'work-clock-button'}
      busy={busy && input === 'out'}
      onClick={() => run('out')}
    >
      Clock out
    </Button>
  );
  if (pause) {
    return (
      <>
        <Button
          kind="main"
          className="work-clock-button"
          busy={busy && input === 'back'}
          onClick={() => run('back')}
        >
          End the break
        </Button>
        <div className="work-clock-more">{out}</div>
      </>
    );
  }
  return (
    <>
      {out}
      <div className="work-clock-more">
        <Button busy={busy && input === 'break'} onClick={() => run('break')}>
          Start a break
        </Button>
        <Button busy={busy && input === 'paid break'} onClick={() => run('paid break')}>
          Start a paid break
        </Button>
      </div>
    </>
  );
}

function Worked({ cards }: { cards: TimecardView[] }) {
  const now = useNow(1_000);
  const seconds = Math.floor(cards.reduce((sum, card) => sum + workedMs(card, now), 0) / 1_000);
  const two = (number: number) => String(number).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
  return (
    <p className="work-clock-worked">
      <span className="aside">Worked today</span>{' '}
      <span className="amount work-clock-time">
        {hours}:{two(minutes)}
        <span className="work-clock-seconds" aria-hidden>
          :{two(seconds % 60)}
        </span>
      </span>
    </p>
  );
}
