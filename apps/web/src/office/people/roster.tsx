import type { PersonView } from '@comanda/client';
import { useQuery } from '@tanstack/react-query';
import { calls } from '../../house/comanda.ts';
import { Badge } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { nameOf, reachOf } from './names.ts';

interface RosterProps {
  people: PersonView[];
  onOpen: (person: PersonView) => void;
}

/** One line for everybody. */
export function Roster({ people, onOpen }: RosterProps) {
  const { data } = useQuery({
    ...calls.shifts.onNow.queryOptions(),
    refetchInterval: 60_000,
  });
  const onNow = new Map(data?.items.map((one) => [one.personId, one]));
  return (
    <ul className="people-list" aria-label="People">
      {people.map((person) => {
        const { id, title, level } = person;
        return (
          <li key={id} className="card people-one">
            <div className="people-who">
              <strong>{nameOf(person)}</strong>
              <span className="aside">{reachOf(person)}</span>
            </div>
            <div className="people-what">
              {title} <span className="aside">level {level}</span>
            </div>
            <div className="people-how">
              <Standing person={person} now={onNow.get(id)} />
            </div>
            <Button aria-label={`Open ${nameOf(person)}`} onClick={() => onOpen(person)}>
              Open
            </Button>
          </li>
        );
      })}
    </ul>
  );
}

interface StandingProps {
  person: PersonView;
  now?: { onBreak: boolean } | undefined;
}

function Standing({ person, now }: StandingProps) {
  if (person.pending) return <Badge tone="busy">Invited</Badge>;
  if (!person.active) return <Badge>Works here no more</Badge>;
  if (!now) return <Badge>Off shift</Badge>;
  return now.onBreak ? <Badge tone="warn">On a break</Badge> : <Badge tone="good">On shift</Badge>;
}
