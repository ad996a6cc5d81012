import { useQuery } from '@tanstack/react-query';
import { calls } from '../../house/comanda.ts';
import { ButtonLink } from '../../parts/button.tsx';
import { Lamp } from '../../parts/lamp.tsx';
import { Problem, Waiting } from '../../parts/notice.tsx';
import { Page } from '../../parts/page.tsx';
import { OffShift } from '../clock/off-shift.tsx';
import { HouseOrder } from '../orders/house-order.tsx';
import { useOpenOrders } from '../orders/open-orders.ts';
import { TABLES } from './tables.tsx';

/** One table: what was ordered there, and what to do about it. */
export function OneTable({ tableId }: { tableId: string }) {
  const { data } = useQuery({ ...calls.tables.list.queryOptions(TABLES), staleTime: 300_000 });
  const { orders, liveness, error, retry } = useOpenOrders();
  const name = data?.items.find(({ id }) => id === tableId)?.name;
  const here = orders?.filter((order) => order.tableId === tableId);
  return (
    <Page
      title={name === undefined ? 'Table' : `Table ${name}`}
      actions={<Lamp liveness={liveness} />}
    >
      <OffShift capability="order.take" />
      <div className="row">
        <ButtonLink to={`/work/floor/table/${tableId}/take`} kind="main">
          Take an order
        </ButtonLink>
        <ButtonLink to="/work/floor">All tables</ButtonLink>
      </div>
      {error !== null && <Problem error={error} retry={retry} />}
      {!here && error === null && <Waiting />}
      {here?.length === 0 && <p className="aside">Nothing ordered at this table.</p>}
      {here?.map((card) => (
        <HouseOrder key={card.id} card={card} />
      ))}
    </Page>
  );
}
