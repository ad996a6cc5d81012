import { type ItemView, type RefusalDetails, refusedWith } from '@comanda/client';
import { useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import { comanda } from '../../house/comanda.ts';
import { useDoing } from '../../house/doing.ts';
import { useKeys } from '../../house/once.ts';
import { useWorkplace } from '../../house/workplace.ts';
import { ButtonLink } from '../../parts/button.tsx';
import { Notice } from '../../parts/notice.tsx';
import { Page } from '../../parts/page.tsx';
import { OffShift, OffShiftRefused } from '../clock/off-shift.tsx';
import { took } from '../orders/open-orders.ts';
import { orderRefusal } from '../orders/words.ts';
import { DishSheet } from './dish-sheet.tsx';
import { Dishes } from './dishes.tsx';
import { added, counted, type DraftLine, useDraft, wishOf } from './draft.ts';
import { Draft } from './draft.tsx';

/** Writes down what guests at a table say; `?order=` is a round more of that order. */
export function TakeOrder({ tableId }: { tableId: string }) {
  const orderId = new URLSearchParams(useSearch()).get('order');
  const currency = useWorkplace().place?.currency ?? 'EUR';
  const keptAs = `comanda.taking.${tableId}.${orderId ?? 'new'}`;
  const [draft, setDraft] = useDraft(keptAs);
  const [asked, setAsked] = useState<ItemView>();
  const table = `/work/floor/table/${tableId}`;
  const { run, busy, error } = useTaking({
    tableId,
    orderId,
    draft,
    keptAs,
    onSent: () => setDraft([]),
  });
  return (
    <Page
      title={orderId === null ? 'Take an order' : 'Another round'}
      actions={<ButtonLink to={table}>Back to the table</ButtonLink>}
    >
      <OffShift capability="order.take" />
      <Dishes
        onTake={(item) =>
          item.options.length > 0
            ? setAsked(item)
            : setDraft(added(draft, { item, chosen: [], note: '' }))
        }
        onNote={setAsked}
      />
      {draft.length > 0 && (
        <Draft
          draft={draft}
          currency={currency}
          busy={busy}
          onCount={(key, quantity) => setDraft(counted(draft, key, quantity))}
          onSend={() => run()}
        >
          {error !== null && <Refused error={error} />}
        </Draft>
      )}
      {asked && (
        <DishSheet
          key={asked.id}
          item={asked}
          currency={currency}
          onClose={() => setAsked(undefined)}
          onTake={(chosen, note) => {
            setDraft(added(draft, { item: asked, chosen, note }));
            setAsked(undefined);
          }}
        />
      )}
    </Page>
  );
}

interface Taking {
  tableId: string;
  orderId: string | null;
  draft: readonly DraftLine[];
  keptAs: string;
  onSent: () => void;
}

/** Sends it to the kitchen, once, however often somebody taps. */
function useTaking({ tableId, orderId, draft, keptAs, onSent }: Taking) {
  const [, go] = useLocation();
  const keys = useKeys(`${keptAs}.key`);
  return useDoing({
    call: () => {
      const lines = draft.map(wishOf);
      // A round has the table of its order.
      return comanda.orders.take.mutate(
        keys.keyed(orderId === null ? { tableId, lines } : { orderId, lines }),
      );
    },
    onDone: (order) => {
      keys.answered();
      onSent();
      took(order);
      go(`/work/floor/table/${tableId}`);
    },
    onRefused: () => true,
  });
}

function Refused({ error }: { error: unknown }) {
  if (refusedWith(error, 'OFF_SHIFT')) return <OffShiftRefused error={error} />;
  if (refusedWith(error, 'SOLD_OUT')) {
    const left = error.details.items.map((item) => `${item.name}: ${item.left} left`).join(', ');
    return <Notice kind="warn">There is not enough of everything: {left}.</Notice>;
  }
  if (refusedWith(error, 'CART_ISSUES')) {
    return <Notice kind="warn">{issuesInWords(error.details)}</Notice>;
  }
  return <Notice kind="bad">{orderRefusal(error)}</Notice>;
}

const ISSUES = {
  SOLD_OUT: 'sold out',
  OFF_MENU_TIME: 'not served at this hour',
  PRICE_CHANGED: 'at another price',
  OPTION_INVALID: 'not to be had with these options',
};

function issuesInWords({ lines }: RefusalDetails['CART_ISSUES']): string {
  const told = lines.map(
    ({ name, issues }) => `${name} is ${issues.map(({ code }) => ISSUES[code]).join(' and ')}`,
  );
  return told.length > 0 ? `${told.join('; ')}.` : 'This cannot be ordered as it stands.';
}
