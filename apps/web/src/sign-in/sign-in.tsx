import { refusedWith } from '@comanda/client';
import { type FormEvent, useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import { useDoing } from '../house/doing.ts';
import { comanda, forgetEnd, startAfresh, wasEnded } from '../house/comanda.ts';
import { inWords, issueOf } from '../house/wording.ts';
import { Button } from '../parts/button.tsx';
import { Field } from '../parts/field.tsx';
import { Header } from '../parts/header.tsx';
import { Notice } from '../parts/notice.tsx';
import { Page } from '../parts/page.tsx';

/** Signing in and up. `?to=/checkout` is where one goes on; without it staff go to work. */
export default function SignIn() {
  const [isNew, setIsNew] = useState(false);
  return (
    <>
      <Header home="/" places={[{ to: '/', name: 'Menu' }]} />
      <Page title={isNew ? 'New here' : 'Sign in'}>
        {wasEnded() && (
          <Notice kind="warn">
            You were signed out: your sign-in has ended, or your role was changed.
          </Notice>
        )}
        {isNew ? <Register /> : <Login />}
        <p className="aside">
          {isNew ? 'You have an account? ' : 'No account yet? '}
          <Button kind="quiet" onClick={() => setIsNew(!isNew)}>
            {isNew ? 'Sign in' : 'Make one'}
          </Button>
        </p>
      </Page>
    </>
  );
}

/** Where one goes on: only ever a page of ours. Browsers leave tabs and line ends out of an address. */
function useOnward(): (isStaff: boolean) => Promise<void> {
  const [, go] = useLocation();
  const to = new URLSearchParams(useSearch()).get('to');
  return async (isStaff) => {
    forgetEnd();
    await startAfresh();
    go(to !== null && /^\/(?!\s*[/\\])/.test(to) ? to : isStaff ? '/work' : '/', { replace: true });
  };
}

function Login() {
  const onward = useOnward();
  const [identifier, setIdentifier] = useState('');
  const [password, setPassword] = useState('');
  const { run, busy, error } = useDoing({
    call: () => comanda.auth.login.mutate({ identifier: identifier.trim(), password }),
    onDone: ({ user }) => void onward(user.restaurant !== null),
    onRefused: () => true,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    run();
  };
  return (
    <form onSubmit={submit} className="form">
      {error !== null && error !== undefined && <Notice kind="bad">{inWords(error)}</Notice>}
      <Field
        label="Name, e-mail or phone"
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        required
        value={identifier}
        onChange={({ target }) => setIdentifier(target.value)}
      />
      <Field
        label="Password"
        name="password"
        type="password"
        autoComplete="current-password"
        required
        value={password}
        onChange={({ target }) => setPassword(target.value)}
      />
      <Button kind="main" type="submit" busy={busy}>
        Sign in
      </Button>
    </form>
  );
}

function Register() {
  const onward = useOnward();
  const [form, setForm] = useState({ firstName: '', email: '', password: '' });
  const { run, busy, error } = useDoing({
    call: () => comanda.auth.register.mutate({ ...form, email: form.email.trim() }),
    onDone: () => void onward(false),
    onRefused: () => true,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    run();
  };
  const told = (field: string) => issueOf(error, field);
  const weak = refusedWith(error, 'PASSWORD_WEAK') ? inWords(error) : told('password');
  const isTold = weak !== undefined || told('email') !== undefined;
  return (
    <form onSubmit={submit} className="form">
      {error !== null && error !== undefined && !isTold && (
        <Notice kind="bad">{inWords(error)}</Notice>
      )}
      <Field
        label="First name"
        name="given-name"
        autoComplete="given-name"
        value={form.firstName}
        onChange={({ target }) => setForm({ ...form, firstName: target.value })}
      />
      <Field
        label="E-mail"
        name="email"
        type="email"
        autoComplete="email"
        required
        wrong={told('email')}
        value={form.email}
        onChange={({ target }) => setForm({ ...form, email: target.value })}
      />
      <Field
        label="Password"
        name="new-password"
        type="password"
        autoComplete="new-password"
        required
        hint="Long is better than odd: four words you will remember."
        wrong={weak}
        value={form.password}
        onChange={({ target }) => setForm({ ...form, password: target.value })}
      />
      <Button kind="main" type="submit" busy={busy}>
        Make an account
      </Button>
    </form>
  );
}
