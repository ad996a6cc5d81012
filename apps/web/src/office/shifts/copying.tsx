import { CallError, type ShiftView } from '@comanda/client';
import { useState } from 'react';
import { comanda } from '../../house/comanda.ts';
import { useDoing } from '../../house/doing.ts';
import { inWords } from '../../house/wording.ts';
import { daysOn, dayAt, dayInWords, momentOf, timeAt } from '../../house/zone.ts';
import { Button } from '../../parts/button.tsx';
import { Sheet } from '../../parts/sheet.tsx';
import { type Plan, shiftsOf, times } from './plan.ts';

interface Copied {
  planned: number;
  refused: { name: string; when: string; why: string }[];
}

/** Plans what was planned a week earlier, by the same times of the clock; as drafts. */
export function CopyLastWeek({ plan }: { plan: Plan }) {
  const [refused, setRefused] = useState<Copied['refused']>([]);
  const { run, busy } = useDoing({
    call: () => copied(plan),
    said: ({ planned }) =>
      planned === 0 ? 'There was nothing to copy.' : `${planned} shifts copied as drafts.`,
    touches: ['shifts'],
    onDone: (done) => setRefused(done.refused),
  });
  return (
    <>
      <Button busy={busy} onClick={() => run()}>
        Copy last week
      </Button>
      <Sheet open={refused.length > 0} onClose={() => setRefused([])} title="Not copied">
        <ul className="stack">
          {refused.map(({ name, when, why }) => (
            <li key={`${name} ${when}`}>
              <strong>{name}</strong>, {when}: {why}
            </li>
          ))}
        </ul>
      </Sheet>
    </>
  );
}

async function copied({ week, timeZone, shifts }: Plan): Promise<Copied> {
  const before = await shiftsOf(daysOn(week, -7), timeZone);
  const done: Copied = { planned: 0, refused: [] };
  for (const shift of before) {
    const { personId, note, name } = shift;
    const span = aWeekLater(shift, timeZone);
    const isThere = shifts.some(
      (other) => other.personId === personId && Number(other.startsAt) === Number(span.startsAt),
    );
    if (isThere) continue;
    try {
      await comanda.shifts.schedule.mutate({ personId, note, ...span });
      done.planned += 1;
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      const when = `${dayInWords(dayAt(span.startsAt, timeZone))}, ${times(span, timeZone)}`;
      done.refused.push({ name, when, why: inWords(error) });
    }
  }
  return done;
}

function aWeekLater({ startsAt, endsAt }: ShiftView, timeZone: string) {
  const later = (moment: Date) =>
    momentOf(daysOn(dayAt(moment, timeZone), 7), timeAt(moment, timeZone), timeZone);
  return { startsAt: later(startsAt), endsAt: later(endsAt) };
}
