import { refusedWith, type RestaurantDetail } from '@comanda/client';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { comanda } from '../../house/comanda.ts';
import { useDoing } from '../../house/doing.ts';
import { clockTime, dayName } from '../../house/figures.ts';
import { useKeys } from '../../house/once.ts';
import { here } from '../../house/restaurant.ts';
import { useWho } from '../../house/who.ts';
import { inWords, issueOf } from '../../house/wording.ts';
import { dayAt } from '../../house/zone.ts';
import { Button, ButtonLink } from '../../parts/button.tsx';
import { Field, TextField } from '../../parts/field.tsx';
import { Notice } from '../../parts/notice.tsx';
import { notBookable } from './refusals.ts';
import { addressOf, type Wish } from './wish.ts';

interface RequestProps {
  restaurant: RestaurantDetail;
  wish: Wish & { at: Date };
  onElsewhere: (start: Date) => void;
  onDone: () => void;
}

/** Asks for the table that was chosen. Needs an account; the choice waits for the sign-in. */
export function Request(props: RequestProps) {
  const who = useWho();
  const { wish, restaurant } = props;
  const { timeZone } = restaurant;
  const heading = useRef<HTMLHeadingElement>(null);
  const start = wish.at.getTime();
  // Under many starts nobody would look for what comes next.
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    heading.current?.scrollIntoView({ block: 'center' });
  }, [start]);
  return (
    <section className="card stack" aria-labelledby="reserve-request">
      <h2 id="reserve-request" ref={heading} tabIndex={-1}>
        {dayName(wish.at, timeZone)}, {clockTime(wish.at, timeZone)}, for {wish.party}
      </h2>
      {who === null && (
        <>
          <p>Sign in or make an account, and your choice will wait for you here.</p>
          <ButtonLink to={`/sign-in?to=${encodeURIComponent(addressOf(wish))}`} kind="main">
            Sign in to reserve
          </ButtonLink>
        </>
      )}
      {who && <RequestForm {...props} />}
    </section>
  );
}

function RequestForm({ restaurant, wish, onElsewhere, onDone }: RequestProps) {
  const [form, setForm] = useState({ note: '', phone: '' });
  const keys = useKeys();
  const { party, at } = wish;
  const { note } = form;
  const phone = form.phone.trim() === '' ? null : form.phone;
  const { run, busy, error, input } = useDoing({
    call: (startsAt: Date) =>
      comanda.reservations.request.mutate(keys.keyed({ ...here(), startsAt, party, note, phone })),
    said: ({ state }) =>
      state === 'confirmed'
        ? 'Your table is reserved.'
        : 'Asked for. The restaurant will say yes soon.',
    touches: ['reservations'],
    onDone: () => {
      keys.answered();
      onDone();
    },
    onRefused: () => true,
  });
  // What was said of another start is no news about this one.
  const refused = input?.getTime() === at.getTime() ? error : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    run(at);
  };
  return (
    <form onSubmit={submit} className="form">
      <Refused error={refused} wished={at} restaurant={restaurant} onElsewhere={onElsewhere} />
      <Field
        label="Telephone, if you like"
        type="tel"
        autoComplete="tel"
        maxLength={30}
        wrong={issueOf(refused, 'phone')}
        value={form.phone}
        onChange={({ target }) => setForm({ ...form, phone: target.value })}
      />
      <TextField
        label="A wish, if you have one"
        hint="By the window, a high chair, an allergy …"
        maxLength={500}
        rows={2}
        value={form.note}
        onChange={({ target }) => setForm({ ...form, note: target.value })}
      />
      <Button kind="main" type="submit" busy={busy}>
        Reserve
      </Button>
    </form>
  );
}

type RefusedProps = Pick<RequestProps, 'restaurant' | 'onElsewhere'> & {
  error: unknown;
  wished: Date;
};

function Refused({ error, wished, restaurant, onElsewhere }: RefusedProps) {
  if (error === null || error === undefined || issueOf(error, 'phone') !== undefined) return null;
  if (refusedWith(error, 'NO_TABLE')) {
    const { alternatives } = error.details;
    return (
      <Notice kind="warn">
        <p>
          Somebody was quicker: no table is free then.{' '}
          {alternatives.length > 0 ? 'The nearest that are:' : 'Try another day.'}
        </p>
        <div className="row">
          {alternatives.map(({ startsAt }) => (
            <Button key={startsAt.getTime()} onClick={() => onElsewhere(startsAt)}>
              {startInWords(startsAt, { wished, timeZone: restaurant.timeZone })}
            </Button>
          ))}
        </div>
      </Notice>
    );
  }
  if (refusedWith(error, 'NOT_BOOKABLE')) {
    return <Notice kind="warn">{notBookable(error.details, restaurant)}</Notice>;
  }
  if (refusedWith(error, 'RESERVATION_LIMIT')) {
    return (
      <Notice kind="warn">
        {`You have ${error.details.max} reservations to come, and more cannot be made. Cancel one below, or call the restaurant.`}
      </Notice>
    );
  }
  return <Notice kind="bad">{inWords(error)}</Notice>;
}

/** `19:30`, with the day where it is another one. */
function startInWords(
  start: Date,
  { wished, timeZone }: { wished: Date; timeZone: string },
): string {
  const isThatDay = dayAt(start, timeZone) === dayAt(wished, timeZone);
  const time = clockTime(start, timeZone);
  return isThatDay ? time : `${dayName(start, timeZone)}, ${time}`;
}
