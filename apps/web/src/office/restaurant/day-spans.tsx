import { Button } from '../../parts/button.tsx';
import { type DayForm, isPastMidnight, type Span } from './hours-form.ts';

interface DaySpansProps {
  name: string;
  day: DayForm;
  /** Its name stands beside it already. */
  isNamed?: boolean;
  onChange: (day: DayForm) => void;
}

const MOST = 6;

/** The times of one day; none of them: closed. */
export function DaySpans({ name, day, isNamed = false, onChange }: DaySpansProps) {
  const { spans } = day;
  const put = (at: number, part: Partial<Span>) =>
    onChange({
      ...day,
      spans: spans.map((one, index) => (index === at ? { ...one, ...part } : one)),
    });
  return (
    <div className="restaurant-day" role="group" aria-label={name}>
      {!isNamed && <span className="restaurant-day-name">{name}</span>}
      <div className="restaurant-spans">
        {spans.length === 0 && <span className="aside">Closed</span>}
        {spans.map((one, at) => (
          <div key={at} className="restaurant-span">
            <TimeBox
              label={`${name}, time ${at + 1}, from`}
              value={one.from}
              onChange={(from) => put(at, { from })}
            />
            –
            <TimeBox
              label={`${name}, time ${at + 1}, until`}
              value={one.to}
              onChange={(to) => put(at, { to })}
            />
            <Button
              kind="quiet"
              aria-label={`Take time ${at + 1} of ${name} away`}
              onClick={() => onChange({ ...day, spans: spans.filter((_, index) => index !== at) })}
            >
              ×
            </Button>
            {isPastMidnight(one) && <span className="aside">until the next day</span>}
          </div>
        ))}
      </div>
      {spans.length < MOST && (
        <Button
          kind="quiet"
          aria-label={`Add a time on ${name}`}
          onClick={() => onChange({ ...day, spans: [...spans, { from: '', to: '' }] })}
        >
          +
        </Button>
      )}
    </div>
  );
}

interface TimeBoxProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

function TimeBox({ label, value, onChange }: TimeBoxProps) {
  return (
    <input
      className="restaurant-time"
      type="time"
      required
      aria-label={label}
      value={value}
      onChange={({ target }) => onChange(target.value)}
    />
  );
}
