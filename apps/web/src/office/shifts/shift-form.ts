import { daysOn, dayAt, momentOf, timeAt } from '../../house/zone.ts';
import type { Editing } from './plan.ts';

/** What stands in the fields, by the restaurant's clock. */
export interface Form {
  personId: string;
  day: string;
  from: string;
  to: string;
  note: string;
}

export function formOf(editing: Editing, timeZone: string): Form {
  if (editing.kind === 'new') {
    const { personId, day } = editing;
    return { personId, day, from: '10:00', to: '18:00', note: '' };
  }
  const { personId, startsAt, endsAt, note } = editing.shift;
  return {
    personId,
    day: dayAt(startsAt, timeZone),
    from: timeAt(startsAt, timeZone),
    to: timeAt(endsAt, timeZone),
    note: note ?? '',
  };
}

/** An end that is not after the start is on the next day. */
export function endsNextDay({ from, to }: Form): boolean {
  return to <= from;
}

/** The moments that are meant. Times that nobody touched stay to the second what they were. */
export function spanOf(
  form: Form,
  editing: Editing,
  timeZone: string,
): { startsAt: Date; endsAt: Date } {
  if (editing.kind === 'shift') {
    const was = formOf(editing, timeZone);
    const isAsItWas = was.day === form.day && was.from === form.from && was.to === form.to;
    if (isAsItWas) return editing.shift;
  }
  const endDay = endsNextDay(form) ? daysOn(form.day, 1) : form.day;
  return {
    startsAt: momentOf(form.day, form.from, timeZone),
    endsAt: momentOf(endDay, form.to, timeZone),
  };
}
