import type { ItemView } from '@comanda/client';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { comanda } from '../../house/comanda.ts';
import { everyPage } from '../../house/every-page.ts';
import { price } from '../../house/figures.ts';
import { useWorkplace } from '../../house/workplace.ts';
import { Button } from '../../parts/button.tsx';
import { Field } from '../../parts/field.tsx';
import { Problem, Waiting } from '../../parts/notice.tsx';

interface DishesProps {
  onTake: (item: ItemView) => void;
  /** The same with a note. */
  onNote: (item: ItemView) => void;
}

/** The whole menu, found by a few letters: it is read once and searched here. */
export function Dishes({ onTake, onNote }: DishesProps) {
  const { place } = useWorkplace();
  const [search, setSearch] = useState('');
  const restaurantId = place?.id;
  const { data, error, refetch } = useQuery({
    queryKey: ['work menu', restaurantId],
    queryFn: () =>
      everyPage((cursor) => comanda.menu.list.query({ restaurantId, cursor, limit: 100 })),
    enabled: restaurantId !== undefined,
    staleTime: 60_000,
  });
  const wanted = search.trim().toLowerCase();
  const found = data?.filter(({ name }) => name.toLowerCase().includes(wanted));
  const categories = Map.groupBy(found ?? [], ({ category }) => category.title);
  return (
    <section className="stack" aria-label="Dishes">
      <Field
        label="Find a dish"
        type="search"
        value={search}
        onChange={({ target }) => setSearch(target.value)}
      />
      {error && <Problem error={error} retry={() => void refetch()} />}
      {!data && !error && <Waiting rows={5} />}
      {found?.length === 0 && <p className="aside">No dish of that name.</p>}
      {[...categories].map(([title, items]) => (
        <section key={title} aria-label={title}>
          <h2>{title}</h2>
          <ul>
            {items.map((item) => (
              <Dish
                key={item.id}
                item={item}
                cost={place ? price(item.price, place.currency) : ''}
                onTake={onTake}
                onNote={onNote}
              />
            ))}
          </ul>
        </section>
      ))}
    </section>
  );
}

function Dish({ item, cost, onTake, onNote }: DishesProps & { item: ItemView; cost: string }) {
  const { name, options, available, stock } = item;
  const isGone = !available || stock === 'out';
  return (
    <li className="work-dish">
      <span>
        {name}{' '}
        <span className="aside amount">
          {cost}
          {stock === 'low' && !isGone && ', few left'}
        </span>
      </span>
      {isGone ? (
        <span className="aside">Sold out</span>
      ) : (
        <span className="work-quantity">
          {options.length === 0 && (
            <Button kind="quiet" aria-label={`${name} with a note`} onClick={() => onNote(item)}>
              Note
            </Button>
          )}
          <Button aria-label={`Add ${name}`} onClick={() => onTake(item)}>
            +
          </Button>
        </span>
      )}
    </li>
  );
}
