import { useInfiniteQuery } from '@tanstack/react-query';
import { calls } from '../../house/comanda.ts';
import { price } from '../../house/figures.ts';
import { useWorkplace } from '../../house/workplace.ts';
import { Button } from '../../parts/button.tsx';
import { Nothing, Problem, Waiting } from '../../parts/notice.tsx';

/** The wines, by name. */
export function Cellar() {
  const currency = useWorkplace().place?.currency;
  const list = useInfiniteQuery(
    calls.recipes.cellar.infiniteQueryOptions(
      { limit: 50 },
      { getNextPageParam: ({ nextCursor }) => nextCursor },
    ),
  );
  const wines = list.data?.pages.flatMap(({ items }) => items);
  if (list.error !== null) return <Problem error={list.error} retry={() => void list.refetch()} />;
  if (!wines || currency === undefined) return <Waiting />;
  if (wines.length === 0) return <Nothing>The cellar is empty.</Nothing>;
  return (
    <div className="stack">
      <div className="table-frame">
        <table className="table">
          <caption className="unseen">Wines in the cellar</caption>
          <thead>
            <tr>
              <th scope="col">Wine</th>
              <th scope="col" className="is-number">
                Bottles
              </th>
              <th scope="col" className="is-number">
                A bottle
              </th>
            </tr>
          </thead>
          <tbody>
            {wines.map(({ id, name, year, bottles, price: each }) => (
              <tr key={id}>
                <th scope="row">
                  {name} {year}
                </th>
                <td className="is-number">{bottles}</td>
                <td className="is-number">{price(each, currency)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {list.hasNextPage && <Button onClick={() => void list.fetchNextPage()}>Show more</Button>}
    </div>
  );
}
