import { refusedWith } from '@comanda/client';
import { type FormEvent, useState } from 'react';
import { comanda } from '../../house/comanda.ts';
import { useDoing } from '../../house/doing.ts';
import { inWords, issueOf } from '../../house/wording.ts';
import { Button } from '../../parts/button.tsx';
import { Field } from '../../parts/field.tsx';
import { Notice } from '../../parts/notice.tsx';

const EMPTY = { password: '', newPassword: '' };

export function Password() {
  const [form, setForm] = useState(EMPTY);
  const { run, busy, error } = useDoing({
    call: () => comanda.auth.changePassword.mutate(form),
    said: ({ ended }) =>
      ended === 0 ? 'The password is changed.' : 'Changed, and signed out everywhere else.',
    touches: ['auth'],
    onDone: () => setForm(EMPTY),
    onRefused: () => true,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    run();
  };
  const isWrong = refusedWith(error, 'INVALID_CREDENTIALS');
  const weak = refusedWith(error, 'PASSWORD_WEAK') ? inWords(error) : issueOf(error, 'newPassword');
  return (
    <section className="card stack" aria-labelledby="account-password">
      <h2 id="account-password">Password</h2>
      <form onSubmit={submit} className="form">
        {error !== null && !isWrong && weak === undefined && (
          <Notice kind="bad">{inWords(error)}</Notice>
        )}
        <Field
          label="The one you have"
          type="password"
          autoComplete="current-password"
          required
          wrong={isWrong ? 'This is not your password.' : undefined}
          value={form.password}
          onChange={({ target }) => setForm({ ...form, password: target.value })}
        />
        <Field
          label="The new one"
          type="password"
          autoComplete="new-password"
          required
          hint="Every other sign-in ends with it."
          wrong={weak}
          value={form.newPassword}
          onChange={({ target }) => setForm({ ...form, newPassword: target.value })}
        />
        <Button kind="main" type="submit" busy={busy}>
          Change the password
        </Button>
      </form>
    </section>
  );
}
