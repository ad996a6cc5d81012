import type { PersonView, Role } from '@comanda/client';
import { useState } from 'react';
import { comanda } from '../../house/comanda.ts';
import { useDoing } from '../../house/doing.ts';
import { spoken } from '../../house/figures.ts';
import { useWho } from '../../house/who.ts';
import { Button } from '../../parts/button.tsx';
import { Choice } from '../../parts/field.tsx';
import { Notice } from '../../parts/notice.tsx';
import { staffRefusal, useRoles } from './roles.ts';
import { nameOf } from './names.ts';

interface FormProps {
  person: PersonView;
  onChanged: (person: PersonView) => void;
}

/** Gives somebody another role, of those that may be given. */
export function RoleForm({ person, onChanged }: FormProps) {
  const mayGive = useWho()?.own.mayGive ?? [];
  const [role, setRole] = useState<Role>(person.role);
  const { run, busy, error } = useDoing({
    call: () => comanda.people.setRole.mutate({ personId: person.id, role }),
    said: (changed) => `${nameOf(changed)} is ${changed.title} now.`,
    touches: ['people'],
    onDone: onChanged,
    onRefused: () => true,
  });
  return (
    <section className="stack" aria-label="Role">
      {error !== null && <Notice kind="bad">{staffRefusal(error)}</Notice>}
      <div className="people-set">
        <Choice label="Role" value={role} onChange={({ target }) => setRole(target.value as Role)}>
          {mayGive.map((one) => (
            <option key={one} value={one}>
              {spoken(one)}
            </option>
          ))}
        </Choice>
        <Button busy={busy} disabled={role === person.role} onClick={() => run()}>
          Change role
        </Button>
      </div>
    </section>
  );
}

/** Lowers somebody's level below that of the role, or lifts it back. */
export function LevelForm({ person, onChanged }: FormProps) {
  const { id: personId, title } = person;
  const highest = useRoles()(person.role)?.level ?? person.level;
  const [level, setLevel] = useState(person.level);
  const { run, busy, error } = useDoing({
    call: () =>
      comanda.people.setLevel.mutate({ personId, level: level === highest ? null : level }),
    said: (changed) => `${nameOf(changed)} is on level ${changed.level} now.`,
    touches: ['people'],
    onDone: onChanged,
    onRefused: () => true,
  });
  return (
    <section className="stack" aria-label="Level">
      {error !== null && <Notice kind="bad">{staffRefusal(error)}</Notice>}
      <div className="people-set">
        <Choice
          label="Level"
          hint={`${title} goes up to ${highest}. A lower one reads fewer recipes.`}
          value={level}
          onChange={({ target }) => setLevel(Number(target.value))}
        >
          {Array.from({ length: highest }, (_, at) => (
            <option key={at} value={at + 1}>
              {at + 1}
            </option>
          ))}
        </Choice>
        <Button busy={busy} disabled={level === person.level} onClick={() => run()}>
          Change level
        </Button>
      </div>
    </section>
  );
}
