import './menu.css';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useRoute } from 'wouter';
import { calls, readAnew } from '../../house/comanda.ts';
import { here, useRestaurant } from '../../house/restaurant.ts';
import { Problem } from '../../parts/notice.tsx';
import { Page } from '../../parts/page.tsx';
import { isNarrowed, type Narrowing, useCalm, useDishes, WHOLE_MENU } from './asking.ts';
import { Courses } from './courses.tsx';
import { DishesWaiting } from './dishes.tsx';
import { Filters } from './filters.tsx';
import { Standing } from './standing.tsx';
import { Tabs } from './tabs.tsx';

const DishSheet = lazy(() => import('./dish-sheet.tsx'));

/** The menu, and over it the dish that the address names. */
export function Menu() {
  const { restaurant, error } = useRestaurant();
  const [, dish] = useRoute('/dish/:slug');
  return (
    <Page title="Menu" actions={<Standing restaurant={restaurant} />}>
      {error && !restaurant ? (
        <Problem error={error} retry={() => void readAnew(['restaurants'])} />
      ) : (
        <List currency={restaurant?.currency} />
      )}
      {dish && (
        <Suspense fallback={null}>
          <DishSheet key={dish.slug} slug={dish.slug} />
        </Suspense>
      )}
    </Page>
  );
}

function List({ currency }: { currency: string | undefined }) {
  const [narrowing, setNarrowing] = useState(WHOLE_MENU);
  const [jump, setJump] = useState<string>();
  const asked: Narrowing = { ...narrowing, search: useCalm(narrowing.search.trim()) };
  const dishes = useDishes(asked);
  const { data, error, isPlaceholderData, refetch } = dishes;
  const courses = useQuery({
    ...calls.menu.categories.list.queryOptions(here()),
    staleTime: 300_000,
  }).data?.items;
  const isGrouped = asked.sort === 'menu';
  const hasTabs = isGrouped && asked.search === '' && !isNarrowed(asked);
  return (
    <div className="menu">
      <Filters
        narrowing={narrowing}
        onChange={setNarrowing}
        currency={currency}
        allergens={allergensIn(data)}
      />
      {hasTabs && <Tabs courses={courses} onJump={setJump} />}
      {error && <Problem error={error} retry={() => void refetch()} />}
      {(!data || !currency) && !error && <DishesWaiting />}
      {data && currency && (
        <div aria-busy={isPlaceholderData} className="menu-list">
          <Courses
            dishes={dishes}
            asked={asked}
            currency={currency}
            jump={hasTabs ? jump : undefined}
            onJumped={() => setJump(undefined)}
          />
        </div>
      )}
    </div>
  );
}

function allergensIn(data: ReturnType<typeof useDishes>['data']): string[] {
  const all = data?.pages.flatMap(({ items }) => items.flatMap(({ allergens }) => allergens));
  return [...new Set(all)].toSorted();
}
