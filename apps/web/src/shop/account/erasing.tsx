import { refusedWith } from '@comanda/client';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { comanda, startAfresh } from '../../house/comanda.ts';
import { useDoing } from '../../house/doing.ts';
import { spoken } from '../../house/figures.ts';
import { inWords } from '../../house/wording.ts';
import { Ask } from '../../parts/ask.tsx';
import { Button } from '../../parts/button.tsx';
import { Field } from '../../parts/field.tsx';
import { Notice } from '../../parts/notice.tsx';

/** The end of the account. */
export function Erasing() {
  const [isAsked, setIsAsked] = useState(false);
  const [password, setPassword] = useState('');
  const [, go] = useLocation();
  const { run, busy, error, reset } = useDoing({
    call: () => comanda.profile.erase.mutate({ password }),
    said: 'Your account is erased. Goodbye!',
    onDone: () => {
      go('/');
      void startAfresh();
    },
    onRefused: () => true,
  });
  const close = () => {
    setIsAsked(false);
    setPassword('');
    reset();
  };
  const isWrong = refusedWith(error, 'INVALID_CREDENTIALS');
  return (
    <section className="card stack" aria-labelledby="account-erasing">
      <h2 id="account-erasing">Leave for good</h2>
      <p className="aside">
        Your name, your addresses, your picture and your lists are forgotten. What restaurants have
        to keep by law, they keep without your name.
      </p>
      <div>
        <Button kind="danger" onClick={() => setIsAsked(true)}>
          Erase my account
        </Button>
      </div>
      <Ask
        open={isAsked}
        onClose={close}
        title="Erase your account?"
        yes="Erase it for good"
        busy={busy}
        onYes={run}
      >
        <p>This cannot be taken back.</p>
        <Field
          label="Your password"
          type="password"
          autoComplete="current-password"
          wrong={isWrong ? 'This is not your password.' : undefined}
          value={password}
          onChange={({ target }) => setPassword(target.value)}
        />
        {error !== null && !isWrong && <Notice kind="bad">{whyNot(error)}</Notice>}
      </Ask>
    </section>
  );
}

function whyNot(error: unknown): string {
  if (refusedWith(error, 'ORDERS_OPEN')) {
    const { open } = error.details;
    const orders = open === 1 ? 'An order of yours is' : `${open} orders of yours are`;
    return `${orders} still on the way. Wait until that is over, or cancel first.`;
  }
  if (refusedWith(error, 'LAST_OF_ROLE')) {
    return `You are the last ${spoken(error.details.role).toLowerCase()}: somebody else has to be one first.`;
  }
  return inWords(error);
}
