import { type ProfileView, refusedWith } from '@comanda/client';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { calls, comanda, kept } from '../../house/comanda.ts';
import { useDoing } from '../../house/doing.ts';
import { inWords, issueOf } from '../../house/wording.ts';
import { Button } from '../../parts/button.tsx';
import { Field, TextField } from '../../parts/field.tsx';
import { Notice, Problem, Waiting } from '../../parts/notice.tsx';

/** Names, and what one says of oneself. */
export function Profile() {
  const { data, error, refetch } = useQuery({
    ...calls.profile.show.queryOptions(),
    // Nothing that somebody is typing is taken away from under them.
    refetchOnWindowFocus: false,
  });
  if (error) return <Problem error={error} retry={() => void refetch()} />;
  if (!data) return <Waiting rows={4} />;
  return <ProfileForm key={data.version} profile={data} />;
}

const NAMES = ['username', 'email', 'phone'] as const;
const WORDS = ['firstName', 'lastName', 'bio'] as const;
type Form = Record<(typeof NAMES)[number] | (typeof WORDS)[number] | 'website', string>;

function formOf({ username, email, phone, website, firstName, lastName, bio }: ProfileView): Form {
  const typed = { username: username ?? '', email: email ?? '', phone: phone ?? '' };
  return { ...typed, website: website ?? '', firstName, lastName, bio };
}

/** What is left empty is taken away, where that can be. */
function saidIn(form: Form) {
  const orNone = (text: string) => (text.trim() === '' ? null : text.trim());
  const { firstName, lastName, bio } = form;
  const names = {
    username: orNone(form.username),
    email: orNone(form.email),
    phone: orNone(form.phone),
  };
  return { ...names, website: orNone(form.website), firstName, lastName, bio };
}

function ProfileForm({ profile }: { profile: ProfileView }) {
  const [form, setForm] = useState(() => formOf(profile));
  const { run, busy, error } = useDoing({
    call: () => {
      const expectedVersion = profile.version;
      return comanda.profile.update.mutate({ ...saidIn(form), expectedVersion });
    },
    said: 'Saved.',
    onDone: (saved) => {
      kept.setQueryData(calls.profile.show.queryKey(), saved);
      void kept.invalidateQueries({ queryKey: ['who'] });
    },
    onRefused: () => true,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    run();
  };
  const wrong = (field: keyof Form) => wrongIn(error, field);
  const isTold = [...NAMES, ...WORDS, 'website' as const].some((field) => wrong(field));
  const about = (name: keyof Form) => ({
    value: form[name],
    wrong: wrong(name),
    onChange: ({ target }: { target: { value: string } }) =>
      setForm({ ...form, [name]: target.value }),
  });
  return (
    <form onSubmit={submit} className="form">
      {error !== null && !isTold && <Conflict error={error} />}
      <Field label="First name" autoComplete="given-name" {...about('firstName')} />
      <Field label="Last name" autoComplete="family-name" {...about('lastName')} />
      <Field label="E-mail" type="email" autoComplete="email" {...about('email')} />
      <Field label="Telephone" type="tel" autoComplete="tel" {...about('phone')} />
      <Field
        label="Name to sign in with"
        autoComplete="username"
        autoCapitalize="none"
        hint="One of e-mail, telephone and this has to stay."
        {...about('username')}
      />
      <Field label="Website" type="url" placeholder="https://…" {...about('website')} />
      <TextField label="About you" maxLength={500} {...about('bio')} />
      <Button kind="main" type="submit" busy={busy}>
        Save
      </Button>
    </form>
  );
}

function wrongIn(error: unknown, field: keyof Form): string | undefined {
  if (refusedWith(error, 'NAME_TAKEN') && error.details.field === field) {
    return 'Somebody has that already. Choose another.';
  }
  return issueOf(error, field);
}

function Conflict({ error }: { error: unknown }) {
  const isOld = refusedWith(error, 'VERSION_CONFLICT');
  const readAgain = () => void kept.invalidateQueries({ queryKey: calls.profile.show.queryKey() });
  return (
    <Notice kind="bad">
      <p>{isOld ? 'This was changed somewhere else in the meantime.' : inWords(error)}</p>
      {isOld && <Button onClick={readAgain}>Show what it is now</Button>}
    </Notice>
  );
}
