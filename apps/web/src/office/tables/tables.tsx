import './tables.css';
import type { TableView } from '@comanda/client';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { calls, comanda } from '../../house/comanda.ts';
import { everyPage } from '../../house/every-page.ts';
import { useNow } from '../../house/live.ts';
import { useMay } from '../../house/who.ts';
import { useWorkplace } from '../../house/workplace.ts';
import { dayAt } from '../../house/zone.ts';
import { Button } from '../../parts/button.tsx';
import { Nothing, Problem, Waiting } from '../../parts/notice.tsx';
import { Page } from '../../parts/page.tsx';
import { TableCard } from './table-card.tsx';
import { TableSheet } from './table-sheet.tsx';
import { takenBy } from './table-words.ts';

const OPEN_STATES = ['pending', 'confirmed', 'preparing', 'ready', 'served'] as const;
const EACH_MINUTE = 60_000;

/** The tables by where they stand, and who sits at them. */
export default function Tables() {
  const may = useMay();
  const { place } = useWorkplace();
  const [open, setOpen] = useState<TableView | 'new'>();
  const {
    data: tables,
    error,
    refetch,
  } = useQuery({
    // Begins as all others do, so that a change of tables reads it anew.
    queryKey: [...calls.tables.list.pathKey(), 'all'],
    queryFn: () => everyPage((cursor) => comanda.tables.list.query({ cursor, limit: 100 })),
  });
  const taken = useTaken(place?.timeZone);
  const sections = Map.groupBy(tables ?? [], ({ section }) => section);
  return (
    <Page
      title="Tables"
      wide
      actions={
        may('table.manage') && (
          <Button kind="main" onClick={() => setOpen('new')}>
            New table
          </Button>
        )
      }
    >
      {error && <Problem error={error} retry={() => void refetch()} />}
      {!tables && !error && <Waiting rows={4} />}
      {tables?.length === 0 && <Nothing>No tables yet.</Nothing>}
      {[...sections].map(([section, here]) => (
        <section key={section} className="stack" aria-label={section ?? 'Anywhere'}>
          <h2>
            {section ?? 'Anywhere'} <span className="aside">{seatsIn(here)} seats</span>
          </h2>
          <ul className="office-tables">
            {here.toSorted(byName).map((table) => (
              <TableCard
                key={table.id}
                table={table}
                taken={taken.get(table.id)}
                timeZone={place?.timeZone}
                onOpen={() => setOpen(table)}
              />
            ))}
          </ul>
        </section>
      ))}
      {open && (
        <TableSheet
          table={open === 'new' ? undefined : open}
          sections={[...sections.keys()].filter((section) => section !== null)}
          onClose={() => setOpen(undefined)}
        />
      )}
    </Page>
  );
}

/** The tenth behind the ninth. */
function byName(one: TableView, other: TableView): number {
  return one.name.localeCompare(other.name, undefined, { numeric: true });
}

function seatsIn(tables: TableView[]): number {
  return tables.reduce((sum, { seatsMax, active }) => sum + (active ? seatsMax : 0), 0);
}

/** Open orders at tables, and the parties of today that are still to come or there. */
function useTaken(timeZone: string | undefined) {
  const may = useMay();
  const today = dayAt(new Date(useNow(EACH_MINUTE)), timeZone ?? 'UTC');
  const { data: orders } = useQuery({
    ...calls.orders.list.queryOptions({ type: 'dine_in', state: [...OPEN_STATES], limit: 100 }),
    enabled: may('order.read'),
    refetchInterval: EACH_MINUTE,
  });
  const { data: reservations } = useQuery({
    ...calls.reservations.list.queryOptions({
      date: today,
      state: ['requested', 'confirmed', 'seated'],
      limit: 100,
    }),
    enabled: may('reservation.read') && timeZone !== undefined,
    refetchInterval: EACH_MINUTE,
  });
  return takenBy(orders?.items ?? [], reservations?.items ?? []);
}
