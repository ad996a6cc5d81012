import { type RestaurantDetail, refusedWith } from '@comanda/client';
import { useState } from 'react';
import { comanda } from '../../house/comanda.ts';
import { inWords } from '../../house/wording.ts';
import { Button } from '../../parts/button.tsx';
import { Field, Tick } from '../../parts/field.tsx';
import { DaySpans } from './day-spans.tsx';
import { type DayForm, hoursFormOf, hoursOf, WEEKDAYS } from './hours-form.ts';
import { Part } from './part.tsx';
import { useSaving, whyNot } from './saving.ts';

/** When the restaurant is open: by the week, and on days that are otherwise. */
export function Hours({ place }: { place: RestaurantDetail }) {
  const [form, setForm] = useState(() => hoursFormOf(place.hours));
  const saving = useSaving((expectedVersion) =>
    comanda.restaurants.setHours.mutate({
      restaurantId: place.id,
      expectedVersion,
      hours: hoursOf(form),
    }),
  );
  const wrong = hoursIssue(saving.error) ?? whyNot(saving.error);
  return (
    <Part title="Opening hours" wrong={wrong} saving={saving}>
      <Tick
        label="Open around the clock"
        checked={form.isAlways}
        onChange={({ target }) => setForm({ ...form, isAlways: target.checked })}
      />
      {!form.isAlways && (
        <>
          {form.week.map((day, at) => (
            <DaySpans
              key={day.key}
              name={WEEKDAYS[at] ?? ''}
              day={day}
              onChange={(next) => setForm({ ...form, week: form.week.with(at, next) })}
            />
          ))}
          <Exceptions
            days={form.exceptions}
            onChange={(exceptions) => setForm({ ...form, exceptions })}
          />
          <Field
            label="Last order, minutes before closing"
            type="number"
            required
            min={0}
            max={720}
            value={Number.isNaN(form.lastOrderMinutes) ? '' : form.lastOrderMinutes}
            onChange={({ target }) => setForm({ ...form, lastOrderMinutes: target.valueAsNumber })}
          />
        </>
      )}
    </Part>
  );
}

/** `hours.weekly.1.0` in words. */
function hoursIssue(error: unknown): string | undefined {
  if (!refusedWith(error, 'VALIDATION')) return undefined;
  const [issue] = error.details.issues;
  const [kind, key, at] = (issue?.path ?? '').replace(/^hours\./, '').split('.');
  if (issue === undefined || key === undefined) return inWords(error);
  const day = kind === 'weekly' ? (WEEKDAYS[Number(key) - 1] ?? key) : key;
  const which = at === undefined ? '' : `, time ${Number(at) + 1}`;
  return `${day}${which}: ${issue.message}.`;
}

interface ExceptionsProps {
  days: DayForm[];
  onChange: (days: DayForm[]) => void;
}

function Exceptions({ days, onChange }: ExceptionsProps) {
  return (
    <fieldset className="restaurant-exceptions">
      <legend>Days that are otherwise</legend>
      {days.map((day, at) => (
        <div key={at} className="restaurant-exception">
          <div className="restaurant-on">
            <Field
              label="On"
              type="date"
              required
              value={day.key}
              onChange={({ target }) => onChange(days.with(at, { ...day, key: target.value }))}
            />
            <Button
              kind="quiet"
              aria-label={`Take away ${day.key || 'this day'}`}
              onClick={() => onChange(days.filter((_, index) => index !== at))}
            >
              Take away
            </Button>
          </div>
          <DaySpans
            name={day.key || 'That day'}
            day={day}
            isNamed
            onChange={(next) => onChange(days.with(at, next))}
          />
        </div>
      ))}
      <Button onClick={() => onChange([...days, { key: '', spans: [] }])}>Add a day</Button>
    </fieldset>
  );
}
