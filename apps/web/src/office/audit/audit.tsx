import './audit.css';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { calls } from '../../house/comanda.ts';
import { useSettled } from '../../house/settled.ts';
import { useWho } from '../../house/who.ts';
import { useWorkplace } from '../../house/workplace.ts';
import { daysOn, momentOf } from '../../house/zone.ts';
import { Button } from '../../parts/button.tsx';
import { Nothing, Problem, Waiting } from '../../parts/notice.tsx';
import { Page } from '../../parts/page.tsx';
import { Entry } from './entry.tsx';
import { type Filter, Filters, NOTHING_SOUGHT } from './filters.tsx';

/** Who did what, newest first. */
export default function Audit() {
  const { place } = useWorkplace();
  const timeZone = place?.timeZone ?? 'UTC';
  const [filter, setFilter] = useState<Filter>(NOTHING_SOUGHT);
  const isAdmin = useWho()?.own.role === 'admin';
  const list = useEntries(filter, timeZone);
  const pages = list.data?.pages;
  const entries = pages?.flatMap(({ items }) => items);
  const total = pages?.[0]?.total;
  return (
    <Page title="Audit">
      <Filters filter={filter} onChange={setFilter} mayLookEverywhere={isAdmin} />
      <p className="aside" role="status">
        {typeof total === 'number' && `${total} ${total === 1 ? 'entry' : 'entries'}`}
      </p>
      {list.error !== null && <Problem error={list.error} retry={() => void list.refetch()} />}
      {entries === undefined && list.error === null && <Waiting rows={6} />}
      {entries?.length === 0 && <Nothing>Nothing fits.</Nothing>}
      <ul className="audit-list" aria-label="Entries">
        {entries?.map((entry) => (
          <Entry
            key={entry.id}
            entry={entry}
            timeZone={timeZone}
            onSeek={(part) => setFilter({ ...NOTHING_SOUGHT, ...part })}
          />
        ))}
      </ul>
      {list.hasNextPage && (
        <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          Show older
        </Button>
      )}
    </Page>
  );
}

function useEntries(filter: Filter, timeZone: string) {
  const actor = useSettled(filter.actor.trim());
  const action = useSettled(filter.action.trim());
  const target = useSettled(filter.target.trim());
  const { from, to, targetId, everywhere } = filter;
  const asked = {
    limit: 25,
    count: true,
    ...(actor !== '' && { actor }),
    ...(action !== '' && { action }),
    ...(target !== '' && { target }),
    ...(targetId !== '' && { targetId }),
    ...(from !== '' && { from: momentOf(from, '00:00', timeZone) }),
    ...(to !== '' && { to: momentOf(daysOn(to, 1), '00:00', timeZone) }),
    ...(everywhere && { everywhere }),
  };
  return useInfiniteQuery(
    calls.audit.list.infiniteQueryOptions(asked, {
      getNextPageParam: ({ nextCursor }) => nextCursor,
      placeholderData: (before) => before,
      staleTime: 0,
    }),
  );
}
