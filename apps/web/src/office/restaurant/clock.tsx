import type { ClockTerms, RestaurantDetail } from '@comanda/client';
import { useState } from 'react';
import { changesOf } from '../../house/changes.ts';
import { comanda } from '../../house/comanda.ts';
import { issueOf } from '../../house/wording.ts';
import { Choice, Field, Tick } from '../../parts/field.tsx';
import { Numbers } from './numbers.tsx';
import { Part } from './part.tsx';
import { useSaving, whyNot } from './saving.ts';

const FIELDS = [
  'clock.windowMinutes',
  'clock.site.latitude',
  'clock.site.longitude',
  'clock.site.withinMeters',
];

/** On which terms staff clock in, and what needs a shift. */
export function Clock({ place }: { place: RestaurantDetail }) {
  const [before, setBefore] = useState(place.clock);
  const [clock, setClock] = useState<ClockTerms>(before);
  const saving = useSaving(async (expectedVersion) => {
    const update = { restaurantId: place.id, expectedVersion, clock: changesOf(before, clock) };
    const saved = await comanda.restaurants.update.mutate(update);
    setBefore(clock);
    return saved;
  });
  const { error } = saving;
  const { site } = clock;
  return (
    <Part title="The clock" wrong={whyNot(error, FIELDS)} saving={saving}>
      <Choice
        label="Work without a shift"
        value={clock.gate ?? ''}
        onChange={({ target }) =>
          setClock({ ...clock, gate: GATES.find((gate) => gate === target.value) ?? null })
        }
      >
        <option value="">As the server is set up</option>
        <option value="enforced">Is refused</option>
        <option value="warn">Is only written to the log</option>
        <option value="off">Is fine</option>
      </Choice>
      <Numbers
        settings={[{ name: 'windowMinutes', label: 'Minutes to clock in ahead', min: 0, max: 240 }]}
        values={clock}
        under="clock"
        error={error}
        onChange={(name, value) => setClock({ ...clock, [name]: value })}
      />
      <Tick
        label="Clock in only at the restaurant"
        checked={site !== null}
        onChange={({ target }) => setClock({ ...clock, site: target.checked ? NOWHERE : null })}
      />
      {site !== null && (
        <Site site={site} error={error} onChange={(next) => setClock({ ...clock, site: next })} />
      )}
    </Part>
  );
}

const GATES = ['enforced', 'warn', 'off'] as const;
const NOWHERE = { latitude: Number.NaN, longitude: Number.NaN, withinMeters: 150 };

type Place = NonNullable<ClockTerms['site']>;

interface SiteProps {
  site: Place;
  error: unknown;
  onChange: (site: Place) => void;
}

function Site({ site, error, onChange }: SiteProps) {
  const field = (name: keyof Place) => ({
    type: 'number',
    required: true,
    wrong: issueOf(error, `clock.site.${name}`),
    value: Number.isNaN(site[name]) ? '' : site[name],
    onChange: ({ target }: { target: HTMLInputElement }) =>
      onChange({ ...site, [name]: target.valueAsNumber }),
  });
  return (
    <div className="restaurant-pair">
      <Field label="Latitude" step="any" min={-90} max={90} {...field('latitude')} />
      <Field label="Longitude" step="any" min={-180} max={180} {...field('longitude')} />
      <Field label="Within meters" min={10} max={10_000} {...field('withinMeters')} />
    </div>
  );
}
