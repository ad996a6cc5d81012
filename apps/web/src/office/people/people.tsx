import './people.css';
import type { PersonView, Role } from '@comanda/client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { calls } from '../../house/comanda.ts';
import { spoken } from '../../house/figures.ts';
import { useMay } from '../../house/who.ts';
import { Button } from '../../parts/button.tsx';
import { Choice, Field } from '../../parts/field.tsx';
import { Nothing, Problem, Waiting } from '../../parts/notice.tsx';
import { Page } from '../../parts/page.tsx';
import { HireSheet } from './hire.tsx';
import { PersonSheet } from './person.tsx';
import { STAFF_ROLES } from './roles.ts';
import { Roster } from './roster.tsx';
import { useSettled } from '../../house/settled.ts';

interface Filter {
  search: string;
  role: string;
  standing: string;
}

/** Everybody who works here, or did. */
export default function People() {
  const may = useMay();
  const [filter, setFilter] = useState<Filter>({ search: '', role: '', standing: 'active' });
  const [isHiring, setHiring] = useState(false);
  const [open, setOpen] = useState<PersonView | null>(null);
  const list = usePeople(filter);
  const people = list.data?.pages.flatMap(({ items }) => items);
  return (
    <Page
      title="People"
      actions={
        may('staff.create') && (
          <Button kind="main" onClick={() => setHiring(true)}>
            Hire somebody
          </Button>
        )
      }
    >
      <Filters filter={filter} setFilter={setFilter} />
      {list.error !== null && <Problem error={list.error} retry={() => void list.refetch()} />}
      {people === undefined && list.error === null && <Waiting rows={6} />}
      {people?.length === 0 && <Nothing>Nobody fits.</Nothing>}
      {people !== undefined && people.length > 0 && <Roster people={people} onOpen={setOpen} />}
      {list.hasNextPage && (
        <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          Show more
        </Button>
      )}
      {isHiring && <HireSheet onClose={() => setHiring(false)} />}
      {open && <PersonSheet person={open} onChanged={setOpen} onClose={() => setOpen(null)} />}
    </Page>
  );
}

function usePeople({ search, role, standing }: Filter) {
  const sought = useSettled(search.trim());
  const asked = {
    limit: 50,
    ...(sought !== '' && { search: sought }),
    ...(role !== '' && { role: role as Role }),
    ...(standing !== 'all' && { active: standing === 'active' }),
  };
  return useInfiniteQuery(
    calls.people.list.infiniteQueryOptions(asked, {
      getNextPageParam: ({ nextCursor }) => nextCursor,
      placeholderData: (before) => before,
    }),
  );
}

function Filters({ filter, setFilter }: { filter: Filter; setFilter: (filter: Filter) => void }) {
  const put = (part: Partial<Filter>) => setFilter({ ...filter, ...part });
  return (
    <div className="people-filters" role="search">
      <Field
        label="Search"
        type="search"
        maxLength={100}
        placeholder="Name, e-mail or phone"
        value={filter.search}
        onChange={({ target }) => put({ search: target.value })}
      />
      <Choice
        label="Role"
        value={filter.role}
        onChange={({ target }) => put({ role: target.value })}
      >
        <option value="">Every role</option>
        {STAFF_ROLES.map((role) => (
          <option key={role} value={role}>
            {spoken(role)}
          </option>
        ))}
      </Choice>
      <Choice
        label="Who"
        value={filter.standing}
        onChange={({ target }) => put({ standing: target.value })}
      >
        <option value="active">Working here</option>
        <option value="other">Invited or gone</option>
        <option value="all">Everybody</option>
      </Choice>
    </div>
  );
}
