import { isFault, refusedWith } from '@comanda/client';
import { useOnline } from '../../house/live.ts';
import { useRestaurant } from '../../house/restaurant.ts';
import { inWords } from '../../house/wording.ts';
import { Button, ButtonLink } from '../../parts/button.tsx';
import { Notice } from '../../parts/notice.tsx';
import type { Placing } from './placing.ts';

/** From then on somebody may want to stop asking. */
const PATIENCE = 3;

interface WordProps {
  placing: Placing;
  /** Who is here now, as in `Attempt`. */
  by: string | undefined;
}

/** An order was sent, and it is not known what became of it: what the page does about it. */
export function WaitingForWord({ placing, by }: WordProps) {
  const { attempt, isAsking, why } = placing;
  const { restaurant } = useRestaurant();
  const online = useOnline();
  if (!attempt) return null;
  if (by !== undefined && attempt.by !== by) return <SomebodyElse placing={placing} by={by} />;
  return (
    <section className="checkout-word card" aria-labelledby="checkout-word">
      <h2 id="checkout-word" tabIndex={-1} ref={focused}>
        Waiting for the restaurant’s word
      </h2>
      <Notice kind="warn">
        <p>{online ? reason(why) : 'You are offline.'}</p>
        <p>
          We do not know yet whether the restaurant got your order. We ask again with the same
          number: nothing will be ordered twice.
        </p>
      </Notice>
      <p className="aside">
        {online
          ? 'This goes on by itself; leave the page open.'
          : 'As soon as you are online again, this goes on by itself.'}
      </p>
      <div className="row">
        <Button kind="main" busy={isAsking} onClick={placing.askAgain}>
          Ask again now
        </Button>
        {attempt.lost >= PATIENCE && (
          <Button kind="quiet" onClick={placing.giveUp}>
            Stop asking
          </Button>
        )}
      </div>
      {attempt.lost >= PATIENCE && (
        <p className="aside">
          It may have been ordered all the same: before you order anew, ask the restaurant
          {restaurant?.phone && `, ${restaurant.phone}`}.
        </p>
      )}
    </section>
  );
}

/** The button that had the focus is gone with its form. */
function focused(heading: HTMLElement | null): void {
  heading?.focus();
}

function reason(why: unknown): string {
  if (why === null) return 'The page was loaded anew before an answer came.';
  if (refusedWith(why, 'QUOTA_EXCEEDED') || !isFault(why)) return inWords(why);
  return why.details.because === 'unreachable' || why.details.because === 'deadline'
    ? 'No answer came.'
    : 'The answer could not be read.';
}

/** A number is of whoever asked with it: for somebody else it would be a new order. */
function SomebodyElse({ placing, by }: { placing: Placing; by: string }) {
  return (
    <section className="checkout-word card">
      <h2 tabIndex={-1} ref={focused}>
        An order without an answer
      </h2>
      {by === 'guest' ? (
        <>
          <p>You were signed out before the restaurant answered. Sign in, and we ask again.</p>
          <ButtonLink to="/sign-in?to=/checkout" kind="main">
            Sign in
          </ButtonLink>
        </>
      ) : (
        <p>
          You signed in before the restaurant answered. If your order got there, it is among your
          orders now.
        </p>
      )}
      <div className="row">
        {by !== 'guest' && <ButtonLink to="/orders">Look at my orders</ButtonLink>}
        <Button kind="quiet" onClick={placing.giveUp}>
          I know what became of it
        </Button>
      </div>
    </section>
  );
}
