import { Field, Tick } from '../../parts/field.tsx';
import { type Mealtimes, WEEKDAYS } from './item-draft.ts';
import type { Filling } from './item-form.tsx';

const DAYS: Record<(typeof WEEKDAYS)[number], string> = {
  1: 'Monday',
  2: 'Tuesday',
  3: 'Wednesday',
  4: 'Thursday',
  5: 'Friday',
  6: 'Saturday',
  7: 'Sunday',
};

const NEVER: Mealtimes = { 1: '', 2: '', 3: '', 4: '', 5: '', 6: '', 7: '' };

/** When an item can be ordered, where that is not always. */
export function MealtimesEditor({ draft, set, wrong }: Filling) {
  const { mealtimes } = draft;
  return (
    <fieldset className="office-menu-part">
      <legend>When it is served</legend>
      <Tick
        label="Only at certain times"
        checked={mealtimes !== null}
        onChange={({ target }) => set({ mealtimes: target.checked ? NEVER : null })}
      />
      {mealtimes !== null && (
        <>
          <p className="hint">Such as 12:00–15:00, 18:00–22:30. Empty: not on that day.</p>
          <div className="office-menu-pair">
            {WEEKDAYS.map((day) => (
              <Field
                key={day}
                label={DAYS[day]}
                value={mealtimes[day]}
                wrong={wrong(`mealtimes.${day}`)}
                onChange={({ target }) => set({ mealtimes: { ...mealtimes, [day]: target.value } })}
              />
            ))}
          </div>
        </>
      )}
    </fieldset>
  );
}
