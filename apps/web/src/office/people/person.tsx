import type { PersonView } from '@comanda/client';
import { dayName, spoken } from '../../house/figures.ts';
import { useMay, useWho } from '../../house/who.ts';
import { useWorkplace } from '../../house/workplace.ts';
import { Badge } from '../../parts/badge.tsx';
import { Notice } from '../../parts/notice.tsx';
import { Sheet } from '../../parts/sheet.tsx';
import { Membership } from './membership.tsx';
import { ResetCode } from './reset-code.tsx';
import { LevelForm, RoleForm } from './role-forms.tsx';
import { oneOf, useRoles } from './roles.ts';
import { nameOf, reachOf } from './names.ts';

interface PersonSheetProps {
  person: PersonView;
  onChanged: (person: PersonView) => void;
  onClose: () => void;
}

/** Somebody who works here, and what may be done about it. */
export function PersonSheet({ person, onChanged, onClose }: PersonSheetProps) {
  const who = useWho();
  const may = useMay();
  const roles = useRoles();
  const isOwn = who?.session.user.id === person.id;
  const mayHandle = who?.own.mayGive.includes(person.role) ?? false;
  return (
    <Sheet open onClose={onClose} title={nameOf(person)}>
      <About person={person} />
      {isOwn && <Notice>This is you. Nobody changes their own role, level or place here.</Notice>}
      {!isOwn && may('staff.role') && !mayHandle && (
        <Notice>
          Your role may not change a {person.title}. {oneOf(roles(person.role)?.givers ?? [])} may.
        </Notice>
      )}
      {!isOwn && may('staff.role') && mayHandle && (
        <>
          <RoleForm person={person} onChanged={onChanged} />
          <LevelForm key={person.role} person={person} onChanged={onChanged} />
          <ResetCode person={person} />
          <Membership person={person} onChanged={onChanged} />
        </>
      )}
    </Sheet>
  );
}

function About({ person }: { person: PersonView }) {
  const timeZone = useWorkplace().place?.timeZone;
  const flags = Object.entries(person.flags ?? {}).filter(([, isSet]) => isSet);
  return (
    <div className="stack">
      <p>
        {person.title}, level {person.level}
        {reachOf(person) !== '' && ` · ${reachOf(person)}`}
      </p>
      <p className="aside">
        {person.pending ? 'Invited' : 'Since'} {dayName(person.hiredAt, timeZone)}{' '}
        {person.hiredAt.getFullYear()}
        {!person.active && !person.pending && ', works here no more'}
      </p>
      {flags.length > 0 && (
        <div className="row" role="group" aria-label="May">
          {flags.map(([flag]) => (
            <Badge key={flag}>{spoken(flag.replaceAll(/([A-Z])/g, ' $1').toLowerCase())}</Badge>
          ))}
        </div>
      )}
    </div>
  );
}
