import './week-picker.css';
import { useNow } from '../../house/live.ts';
import { daysOn, dayAt, dayInWords, mondayOf } from '../../house/zone.ts';
import { Button } from '../../parts/button.tsx';
import { Field } from '../../parts/field.tsx';

interface WeekPickerProps {
  /** Its Monday. */
  week: string;
  timeZone: string;
  onWeek: (monday: string) => void;
}

/** One week of the restaurant's calendar, by steps or by any of its days. */
export function WeekPicker({ week, timeZone, onWeek }: WeekPickerProps) {
  const current = mondayOf(dayAt(new Date(useNow(60_000)), timeZone));
  return (
    <div className="weeks" role="group" aria-label="Week">
      <Button aria-label="The week before" onClick={() => onWeek(daysOn(week, -7))}>
        ‹
      </Button>
      <Field
        label="Week of"
        type="date"
        required
        value={week}
        onChange={({ target }) => target.value !== '' && onWeek(mondayOf(target.value))}
      />
      <Button aria-label="The week after" onClick={() => onWeek(daysOn(week, 7))}>
        ›
      </Button>
      <Button kind="quiet" disabled={week === current} onClick={() => onWeek(current)}>
        This week
      </Button>
      <p className="weeks-told" aria-live="polite">
        {dayInWords(week)} – {dayInWords(daysOn(week, 6))}
      </p>
    </div>
  );
}
