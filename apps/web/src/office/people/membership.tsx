import type { PersonView } from '@comanda/client';
import { useState } from 'react';
import { comanda } from '../../house/comanda.ts';
import { useDoing } from '../../house/doing.ts';
import { useMay } from '../../house/who.ts';
import { Ask } from '../../parts/ask.tsx';
import { Button } from '../../parts/button.tsx';
import { Notice } from '../../parts/notice.tsx';
import { staffRefusal } from './roles.ts';
import { nameOf } from './names.ts';

interface MembershipProps {
  person: PersonView;
  onChanged: (person: PersonView) => void;
}

/** Ends somebody's work here, or brings it back. */
export function Membership({ person, onChanged }: MembershipProps) {
  const [isAsking, setAsking] = useState(false);
  const { id: personId } = person;
  const name = nameOf(person);
  const end = useDoing({
    call: () => comanda.people.deactivate.mutate({ personId }),
    said: `${name} works here no more.`,
    touches: ['people', 'shifts'],
    onDone: (changed) => {
      setAsking(false);
      onChanged(changed);
    },
    onRefused: () => {
      setAsking(false);
      return true;
    },
  });
  const back = useDoing({
    call: () => comanda.people.reactivate.mutate({ personId }),
    said: `${name} is back.`,
    touches: ['people'],
    onDone: onChanged,
    onRefused: () => true,
  });
  const refused = end.error ?? back.error;
  const worksHere = person.active || person.pending;
  return (
    <section className="stack people-part" aria-label="Working here">
      {refused !== null && <Notice kind="bad">{staffRefusal(refused)}</Notice>}
      <div className="row">
        {worksHere ? (
          <Button kind="danger" onClick={() => setAsking(true)}>
            {person.pending ? 'Take the invitation back' : 'Deactivate'}
          </Button>
        ) : (
          <Button busy={back.busy} onClick={() => back.run()}>
            Bring back
          </Button>
        )}
        <CloseAccount person={person} />
      </div>
      <Ask
        open={isAsking}
        onClose={() => setAsking(false)}
        title={`${name} works here no more?`}
        yes="Yes, deactivate"
        busy={end.busy}
        onYes={() => end.run()}
      >
        They are clocked out, their coming shifts are cancelled, and their role works no more. You
        can bring them back; the shifts stay cancelled.
      </Ask>
    </section>
  );
}

/** For admins: the account itself, wherever it works. */
function CloseAccount({ person }: { person: PersonView }) {
  const may = useMay();
  const [isAsking, setAsking] = useState(false);
  const { run, busy, error } = useDoing({
    call: () => comanda.people.deactivateAccount.mutate({ personId: person.id }),
    said: 'The account is closed.',
    touches: ['people', 'shifts'],
    onDone: () => setAsking(false),
    onRefused: () => {
      setAsking(false);
      return true;
    },
  });
  if (!may('user.deactivate')) return null;
  return (
    <>
      {error !== null && <Notice kind="bad">{staffRefusal(error)}</Notice>}
      <Button kind="danger" onClick={() => setAsking(true)}>
        Close the account
      </Button>
      <Ask
        open={isAsking}
        onClose={() => setAsking(false)}
        title="Close this account?"
        yes="Close it everywhere"
        busy={busy}
        onYes={() => run()}
      >
        {nameOf(person)} is signed out, and can sign in nowhere any more.
      </Ask>
    </>
  );
}
