import './menu.css';
import type { ItemView } from '@comanda/client';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useSearch } from 'wouter';
import { calls } from '../../house/comanda.ts';
import { useSettled } from '../../house/settled.ts';
import { useMay } from '../../house/who.ts';
import { useWorkplace } from '../../house/workplace.ts';
import { Button } from '../../parts/button.tsx';
import { Nothing, Problem, Waiting } from '../../parts/notice.tsx';
import { Page } from '../../parts/page.tsx';
import { CategoriesSheet } from './categories-sheet.tsx';
import { FileSheet } from './file-sheet.tsx';
import { askedBy, Filters, type MenuFilters } from './filters.tsx';
import { type Doing, ItemRow } from './item-row.tsx';
import { ItemSheet } from './item-sheet.tsx';
import { OptionsSheet } from './options-sheet.tsx';
import { Removing, useRestoring } from './removing.tsx';
import { StockSheet } from './stock-sheet.tsx';

type Open = 'new' | 'categories' | 'file' | { doing: Doing; item: ItemView };

/** The menu, for whoever makes it and for whoever runs out of it. */
export default function Menu() {
  const may = useMay();
  const { place } = useWorkplace();
  const asked = new URLSearchParams(useSearch());
  const [filters, setFilters] = useState<MenuFilters>({
    search: asked.get('search') ?? '',
    category: '',
    show: asked.get('show') ?? '',
  });
  const [open, setOpen] = useState<Open>();
  const { data: categories } = useQuery(calls.menu.categories.list.queryOptions({}));
  return (
    <Page
      title="Menu"
      wide
      actions={
        <>
          {may('export') && <Button onClick={() => setOpen('file')}>As a file</Button>}
          {may('category.write') && (
            <Button onClick={() => setOpen('categories')}>Categories</Button>
          )}
          {may('menu.write') && (
            <Button kind="main" onClick={() => setOpen('new')}>
              New item
            </Button>
          )}
        </>
      }
    >
      <Filters value={filters} onChange={setFilters} categories={categories?.items ?? []} />
      {place && (
        <Items filters={filters} house={place} open={open} onOpen={setOpen}>
          {open === 'categories' && (
            <CategoriesSheet
              categories={categories?.items ?? []}
              onClose={() => setOpen(undefined)}
              onShow={(category) => {
                setFilters({ search: '', category, show: '' });
                setOpen(undefined);
              }}
            />
          )}
        </Items>
      )}
      {!place && <Waiting rows={6} />}
      {open === 'file' && <FileSheet onClose={() => setOpen(undefined)} />}
    </Page>
  );
}

interface ItemsProps {
  filters: MenuFilters;
  house: { currency: string; timeZone: string };
  open: Open | undefined;
  onOpen: (open: Open | undefined) => void;
  children: ReactNode;
}

function Items({ filters, house, open, onOpen, children }: ItemsProps) {
  const search = useSettled(filters.search);
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    calls.menu.list.infiniteQueryOptions(askedBy({ ...filters, search }), {
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
      placeholderData: keepPreviousData,
    }),
  );
  const restore = useRestoring();
  const items = data?.pages.flatMap((page) => page.items);
  const sections = Map.groupBy(items ?? [], ({ category }) => category.id);
  const doing = typeof open === 'object' ? open : undefined;
  // As it is now; what fits no longer stays as it was, so that nobody loses what they type.
  const item = items?.find(({ id }) => id === doing?.item.id) ?? doing?.item;
  const onDo = (about: ItemView, what: Doing) =>
    what === 'restore' ? restore(about.id) : onOpen({ doing: what, item: about });
  const close = () => onOpen(undefined);
  return (
    <>
      {error && <Problem error={error} retry={() => void refetch()} />}
      {!items && !error && <Waiting rows={6} />}
      {items?.length === 0 && <Nothing>Nothing fits that.</Nothing>}
      {[...sections].map(([id, here]) => (
        <section key={id} className="stack">
          <h2>{here[0]?.category.title}</h2>
          <ul className="office-menu-items">
            {here.map((each) => (
              <ItemRow key={each.id} item={each} house={house} onDo={(what) => onDo(each, what)} />
            ))}
          </ul>
        </section>
      ))}
      {hasNextPage && (
        <Button busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Show more
        </Button>
      )}
      {item && doing?.doing === 'options' && (
        <OptionsSheet item={item} currency={house.currency} onClose={close} />
      )}
      {item && doing?.doing === 'stock' && <StockSheet item={item} onClose={close} />}
      {item && doing?.doing === 'remove' && <Removing item={item} onClose={close} />}
      {item && doing?.doing === 'edit' && (
        <ItemSheet item={item} currency={house.currency} onClose={close} />
      )}
      {open === 'new' && <ItemSheet currency={house.currency} onClose={close} />}
      {children}
    </>
  );
}
