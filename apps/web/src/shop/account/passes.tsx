import type { PassView } from '@comanda/client';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { calls, comanda } from '../../house/comanda.ts';
import { useDoing } from '../../house/doing.ts';
import { dayAndTime } from '../../house/figures.ts';
import { Button } from '../../parts/button.tsx';
import { Field } from '../../parts/field.tsx';
import { Notice, Problem, Waiting } from '../../parts/notice.tsx';
import { useSay } from '../../parts/toasts.tsx';

/** Tokens for devices and scripts that act in one's name for a day. */
export function Passes() {
  const { data, error, refetch } = useQuery(calls.auth.passes.list.queryOptions());
  const [issued, setIssued] = useState<PassView>();
  const { run, busy, input } = useDoing({
    call: (id: string) => comanda.auth.passes.revoke.mutate({ id }),
    said: 'That pass is over.',
    touches: ['auth'],
    onDone: (_, id) => setIssued((pass) => (pass?.id === id ? undefined : pass)),
  });
  return (
    <section className="card stack" aria-labelledby="account-passes">
      <h2 id="account-passes">Device passes</h2>
      <p className="aside">
        For a terminal at the door, or a script: it acts in your name for a day, and cannot change
        your account.
      </p>
      {error && <Problem error={error} retry={() => void refetch()} />}
      {!data && !error && <Waiting rows={1} />}
      <ul className="account-list">
        {data?.items.map(({ id, label, expiresAt }) => (
          <li key={id} className="row is-apart">
            <span>
              {label}
              <span className="account-about aside">until {dayAndTime(expiresAt)}</span>
            </span>
            <Button
              kind="danger"
              busy={busy && input === id}
              aria-label={`End the pass ${label}`}
              onClick={() => run(id)}
            >
              End
            </Button>
          </li>
        ))}
      </ul>
      {issued && <Token pass={issued} />}
      <Issue onIssued={setIssued} />
    </section>
  );
}

function Issue({ onIssued }: { onIssued: (pass: PassView) => void }) {
  const [label, setLabel] = useState('');
  const { run, busy } = useDoing({
    call: () => comanda.auth.passes.issue.mutate({ label }),
    touches: ['auth'],
    onDone: (pass) => {
      setLabel('');
      onIssued(pass);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    run();
  };
  return (
    <form onSubmit={submit} className="form">
      <Field
        label="What it is for"
        maxLength={100}
        required
        value={label}
        onChange={({ target }) => setLabel(target.value)}
      />
      <Button type="submit" busy={busy}>
        Issue a pass
      </Button>
    </form>
  );
}

/** Told this once: the service keeps no copy that it could show again. */
function Token({ pass: { label, token } }: { pass: PassView }) {
  const say = useSay();
  const copy = () => {
    navigator.clipboard.writeText(token).then(
      () => say('Copied.'),
      () => say('The browser does not let this page copy: mark the token and copy it.', 'bad'),
    );
  };
  return (
    <Notice kind="good">
      <p>The token of “{label}”. It is shown this once: put it where it is needed.</p>
      <code className="account-token">{token}</code>
      <Button onClick={copy}>Copy</Button>
    </Notice>
  );
}
