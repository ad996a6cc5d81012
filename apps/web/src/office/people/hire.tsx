import { type CreatePerson, type Role, refusedWith } from '@comanda/client';
import { type FormEvent, useState } from 'react';
import { comanda } from '../../house/comanda.ts';
import { useDoing } from '../../house/doing.ts';
import { spoken } from '../../house/figures.ts';
import { useWho } from '../../house/who.ts';
import { inWords, issueOf } from '../../house/wording.ts';
import { Button } from '../../parts/button.tsx';
import { Choice, Field } from '../../parts/field.tsx';
import { Notice } from '../../parts/notice.tsx';
import { Sheet } from '../../parts/sheet.tsx';
import { staffRefusal } from './roles.ts';

interface Form {
  isKnown: boolean;
  existing: string;
  firstName: string;
  lastName: string;
  username: string;
  email: string;
  phone: string;
  password: string;
  role: string;
}

const EMPTY: Form = {
  isKnown: false,
  existing: '',
  firstName: '',
  lastName: '',
  username: '',
  email: '',
  phone: '',
  password: '',
  role: '',
};

/** Hires somebody: with an account made here, or by an invitation to the one they have. */
export function HireSheet({ onClose }: { onClose: () => void }) {
  const mayGive = useWho()?.own.mayGive ?? [];
  const [form, setForm] = useState<Form>({ ...EMPTY, role: mayGive[0] ?? '' });
  const { run, busy, error } = useDoing({
    call: () => comanda.people.create.mutate(inputOf(form)),
    said: ({ pending }) => (pending ? 'Invited. They accept when they sign in.' : 'Hired.'),
    touches: ['people'],
    onDone: onClose,
    onRefused: () => true,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    run();
  };
  const put = (part: Partial<Form>) => setForm({ ...form, ...part });
  return (
    <Sheet open onClose={onClose} title="Hire somebody" asks>
      <form className="stack" onSubmit={submit}>
        <Choice
          label="Have they an account?"
          value={form.isKnown ? 'yes' : 'no'}
          onChange={({ target }) => put({ isKnown: target.value === 'yes' })}
        >
          <option value="no">No, make one</option>
          <option value="yes">Yes, invite them</option>
        </Choice>
        {form.isKnown ? (
          <Field
            label="Their name, e-mail or phone"
            required
            maxLength={254}
            autoCapitalize="none"
            hint="They see the invitation when they sign in, and are on the list once they accept. Whether that account exists is not told here."
            value={form.existing}
            onChange={({ target }) => put({ existing: target.value })}
          />
        ) : (
          <NewAccount form={form} put={put} error={error} />
        )}
        <Choice
          label="Role"
          hint="These are the roles you may give."
          value={form.role}
          onChange={({ target }) => put({ role: target.value })}
        >
          {mayGive.map((role) => (
            <option key={role} value={role}>
              {spoken(role)}
            </option>
          ))}
        </Choice>
        <Refusal error={error} />
        <Button kind="main" type="submit" busy={busy}>
          {form.isKnown ? 'Invite' : 'Hire'}
        </Button>
      </form>
    </Sheet>
  );
}

function inputOf({ isKnown, role, ...form }: Form): CreatePerson {
  const as = { role: role as Role };
  if (isKnown) return { ...as, existing: form.existing.trim() };
  const { firstName, lastName, password } = form;
  const names = { username: form.username, email: form.email, phone: form.phone };
  const given = Object.entries(names).filter(([, name]) => name.trim() !== '');
  return { ...as, firstName, lastName, password, ...Object.fromEntries(given) };
}

/** What stands at no field. */
function Refusal({ error }: { error: unknown }) {
  const isAtField =
    refusedWith(error, 'NAME_TAKEN') ||
    refusedWith(error, 'PASSWORD_WEAK') ||
    NAMES.some((field) => issueOf(error, field) !== undefined);
  if (error === null || isAtField) return null;
  if (refusedWith(error, 'VALIDATION') && issueOf(error, '') !== undefined) {
    return <Notice kind="bad">Give a password, and a user name, an e-mail or a phone.</Notice>;
  }
  return <Notice kind="bad">{staffRefusal(error)}</Notice>;
}

const NAMES = ['username', 'email', 'phone', 'password', 'firstName', 'lastName'] as const;

interface NewAccountProps {
  form: Form;
  put: (part: Partial<Form>) => void;
  error: unknown;
}

function NewAccount({ form, put, error }: NewAccountProps) {
  const wrong = (field: (typeof NAMES)[number]) => {
    const isTaken = refusedWith(error, 'NAME_TAKEN') && error.details.field === field;
    if (isTaken) return 'Somebody has that already. Take another, or invite them.';
    if (field === 'password' && refusedWith(error, 'PASSWORD_WEAK')) return inWords(error);
    return issueOf(error, field);
  };
  const field = (name: (typeof NAMES)[number]) => ({
    name,
    value: form[name],
    wrong: wrong(name),
    onChange: ({ target }: { target: { value: string } }) => put({ [name]: target.value }),
  });
  return (
    <>
      <div className="people-pair">
        <Field label="First name" autoComplete="off" maxLength={100} {...field('firstName')} />
        <Field label="Last name" autoComplete="off" maxLength={100} {...field('lastName')} />
      </div>
      <Field
        label="User name"
        autoComplete="off"
        autoCapitalize="none"
        maxLength={60}
        hint="One of user name, e-mail and phone is enough to sign in."
        {...field('username')}
      />
      <div className="people-pair">
        <Field label="E-mail" type="email" autoComplete="off" {...field('email')} />
        <Field label="Phone" type="tel" autoComplete="off" maxLength={30} {...field('phone')} />
      </div>
      <Field
        label="First password"
        type="password"
        autoComplete="new-password"
        required
        hint="Tell it to them; they change it after they sign in."
        {...field('password')}
      />
    </>
  );
}
