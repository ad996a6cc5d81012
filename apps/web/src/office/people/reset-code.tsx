import type { PersonView } from '@comanda/client';
import { useState } from 'react';
import { comanda } from '../../house/comanda.ts';
import { useDoing } from '../../house/doing.ts';
import { clockTime } from '../../house/figures.ts';
import { useWorkplace } from '../../house/workplace.ts';
import { Button } from '../../parts/button.tsx';
import { Notice } from '../../parts/notice.tsx';
import { useSay } from '../../parts/toasts.tsx';
import { staffRefusal } from './roles.ts';

/** For somebody who forgot their password. The code is told this once. */
export function ResetCode({ person }: { person: PersonView }) {
  const say = useSay();
  const timeZone = useWorkplace().place?.timeZone;
  const [issued, setIssued] = useState<{ code: string; expiresAt: Date } | null>(null);
  const { run, busy, error } = useDoing({
    call: () => comanda.people.issueResetCode.mutate({ personId: person.id }),
    onDone: setIssued,
    onRefused: () => true,
  });
  const copy = async (code: string) => {
    try {
      await navigator.clipboard.writeText(code);
      say('Copied.');
    } catch {
      say('The browser does not let this page copy. Select the code instead.', 'bad');
    }
  };
  return (
    <section className="stack people-part" aria-label="Password">
      {error !== null && <Notice kind="bad">{staffRefusal(error)}</Notice>}
      {issued === null ? (
        <div>
          <Button busy={busy} onClick={() => run()}>
            Issue a reset code
          </Button>
          <p className="aside">With it they set a new password. It ends their sessions.</p>
        </div>
      ) : (
        <Notice kind="good">
          <p>
            <code className="people-code">{issued.code}</code>
          </p>
          <Button onClick={() => void copy(issued.code)}>Copy</Button>
          <p>
            Shown this once, good for one use until {clockTime(issued.expiresAt, timeZone)}. Give it
            to them in a way that only they see.
          </p>
        </Notice>
      )}
    </section>
  );
}
