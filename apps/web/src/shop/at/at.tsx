import './at.css';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import { calls } from '../../house/comanda.ts';
import { choose, useRestaurant } from '../../house/restaurant.ts';
import { useSettled } from '../../house/settled.ts';
import { Badge } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { Field } from '../../parts/field.tsx';
import { Nothing, Problem, Waiting } from '../../parts/notice.tsx';
import { Page } from '../../parts/page.tsx';

/** Which restaurant this browser is at, where a service has several. `?to=/reserve` is where one goes on. */
export default function At() {
  const { restaurant } = useRestaurant();
  const [, go] = useLocation();
  const to = new URLSearchParams(useSearch()).get('to') ?? '/';
  const [typed, setTyped] = useState('');
  const search = useSettled(typed.trim());
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    calls.restaurants.list.infiniteQueryOptions(
      { limit: 20, ...(search !== '' && { search }) },
      { getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined },
    ),
  );
  const take = async (id: string) => {
    await choose(id);
    go(/^\/(?![/\\])/.test(to) ? to : '/');
  };
  const found = data?.pages.flatMap(({ items }) => items);
  return (
    <Page title="Choose a restaurant">
      <div className="form">
        <Field
          label="Search"
          type="search"
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
        />
      </div>
      {error && <Problem error={error} retry={() => void refetch()} />}
      {!found && !error && <Waiting />}
      {found?.length === 0 && (
        <Nothing>
          <p>No restaurant of that name.</p>
        </Nothing>
      )}
      <ul className="stack">
        {found?.map(({ id, name, address }) => (
          <li key={id}>
            <button type="button" className="card at-one" onClick={() => void take(id)}>
              <strong>{name}</strong>
              {id === restaurant?.id && <Badge tone="good">You are here</Badge>}
              {address !== null && <span className="aside">{address}</span>}
            </button>
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <Button busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          More
        </Button>
      )}
    </Page>
  );
}
