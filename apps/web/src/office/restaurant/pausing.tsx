import type { RestaurantDetail } from '@comanda/client';
import { type FormEvent, useState } from 'react';
import { comanda } from '../../house/comanda.ts';
import { dayAndTime } from '../../house/figures.ts';
import { useNow } from '../../house/live.ts';
import { dayAt, momentOf, timeAt } from '../../house/zone.ts';
import { Badge } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { Field } from '../../parts/field.tsx';
import { Notice } from '../../parts/notice.tsx';
import { Sheet } from '../../parts/sheet.tsx';
import { useSaving, whyNot } from './saving.ts';

/** Whether guests can order now, and a way to stop them for a while. */
export function Pausing({ place }: { place: RestaurantDetail }) {
  const [isPausing, setPausing] = useState(false);
  const { standing, timeZone, id: restaurantId } = place;
  const { paused } = standing;
  const resume = useSaving(() => comanda.restaurants.resume.mutate({ restaurantId }), {
    said: 'Orders are taken again.',
  });
  return (
    <section className="card restaurant-now" aria-label="Now">
      <div>
        <p className="row">
          <Badge tone={standing.open ? 'good' : 'plain'}>{standing.open ? 'Open' : 'Closed'}</Badge>
          {paused && <Badge tone="warn">Orders are paused</Badge>}
        </p>
        {paused && (
          <p>
            {paused.until === null
              ? 'Until somebody resumes'
              : `Until ${dayAndTime(paused.until, timeZone)}`}
            {paused.message !== '' && `: “${paused.message}”`}
          </p>
        )}
        {whyNot(resume.error) !== undefined && <Notice kind="bad">{whyNot(resume.error)}</Notice>}
      </div>
      {paused ? (
        <Button kind="main" busy={resume.busy} onClick={() => resume.save()}>
          Take orders again
        </Button>
      ) : (
        <Button onClick={() => setPausing(true)}>Pause ordering</Button>
      )}
      {isPausing && <PauseSheet place={place} onClose={() => setPausing(false)} />}
    </section>
  );
}

const HOUR_MS = 3_600_000;

function PauseSheet({ place, onClose }: { place: RestaurantDetail; onClose: () => void }) {
  const { id: restaurantId, timeZone } = place;
  const later = new Date(useNow(HOUR_MS) + HOUR_MS);
  const [message, setMessage] = useState('');
  const [day, setDay] = useState(() => dayAt(later, timeZone));
  const [time, setTime] = useState(() => timeAt(later, timeZone));
  const { save, busy, error } = useSaving(
    () => {
      const until = time === '' ? null : momentOf(day, time, timeZone);
      return comanda.restaurants.pause.mutate({ restaurantId, until, message });
    },
    { said: 'Orders are paused.', onDone: onClose },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save();
  };
  return (
    <Sheet open onClose={onClose} title="Pause ordering">
      <form className="stack" onSubmit={submit}>
        <Field
          label="A word to the guests"
          maxLength={200}
          placeholder="The oven is being mended."
          value={message}
          onChange={({ target }) => setMessage(target.value)}
        />
        <div className="restaurant-pair">
          <Field
            label="Until"
            type="date"
            required
            value={day}
            onChange={({ target }) => setDay(target.value)}
          />
          <Field
            label="At"
            type="time"
            hint="Empty: until somebody resumes."
            value={time}
            onChange={({ target }) => setTime(target.value)}
          />
        </div>
        {whyNot(error) !== undefined && <Notice kind="bad">{whyNot(error)}</Notice>}
        <Button kind="main" type="submit" busy={busy}>
          Pause
        </Button>
      </form>
    </Sheet>
  );
}
