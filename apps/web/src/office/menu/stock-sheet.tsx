import { type ItemView, refusedWith } from '@comanda/client';
import { useState } from 'react';
import { comanda } from '../../house/comanda.ts';
import { useDoing } from '../../house/doing.ts';
import { Button } from '../../parts/button.tsx';
import { Choice, Field } from '../../parts/field.tsx';
import { Notice } from '../../parts/notice.tsx';
import { Sheet } from '../../parts/sheet.tsx';
import { keepItem } from './item-cache.ts';

type Mode = 'none' | 'count' | 'out';

interface Stock {
  mode: Mode;
  left: string;
  low: string;
}

/** How many of an item there are. */
export function StockSheet({ item, onClose }: { item: ItemView; onClose: () => void }) {
  const { stockMode: mode, stockLeft, stockLow } = item.staff ?? UNCOUNTED;
  const [stock, setStock] = useState<Stock>({
    mode,
    left: String(stockLeft),
    low: String(stockLow),
  });
  const { run, busy, error } = useStocking(item, onClose);
  return (
    <Sheet open onClose={onClose} title={`Stock of ${item.name}`}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          run(stock);
        }}
      >
        {refusedWith(error, 'VERSION_CONFLICT') && (
          <Notice kind="warn">
            Somebody else changed {item.name} meanwhile. Its stock is now: {stockInWords(item)}.
            Save again if yours is right.
          </Notice>
        )}
        <StockFields stock={stock} set={(changes) => setStock({ ...stock, ...changes })} />
        <Button kind="main" type="submit" busy={busy}>
          Save
        </Button>
      </form>
    </Sheet>
  );
}

const UNCOUNTED = { stockMode: 'none', stockLeft: 0, stockLow: 5 } as const;

function useStocking(item: ItemView, onClose: () => void) {
  const itemId = item.id;
  const [expectedVersion, setVersion] = useState(item.version);
  const look = useDoing({
    call: () => comanda.menu.show.query({ itemId }),
    onDone: (now) => {
      keepItem(now);
      setVersion(now.version);
    },
  });
  return useDoing({
    call: ({ mode, left, low }: Stock) => {
      const counted = mode === 'count' ? { left: Number(left), low: Number(low) } : {};
      return comanda.menu.items.setStock.mutate({ itemId, expectedVersion, mode, ...counted });
    },
    said: `The stock of ${item.name} is noted.`,
    onDone: (now) => {
      keepItem(now);
      onClose();
    },
    onRefused: (error) => {
      if (!refusedWith(error, 'VERSION_CONFLICT')) return false;
      look.run();
      return true;
    },
  });
}

function StockFields({ stock, set }: { stock: Stock; set: (changes: Partial<Stock>) => void }) {
  const counts = { type: 'number', min: 0, max: 1_000_000, required: true };
  return (
    <>
      <Choice
        label="How it is kept"
        value={stock.mode}
        onChange={({ target }) => set({ mode: target.value as Mode })}
      >
        <option value="none">Nobody counts</option>
        <option value="count">Counted</option>
        <option value="out">There is none</option>
      </Choice>
      {stock.mode === 'count' && (
        <>
          <Field
            label="How many there are"
            {...counts}
            value={stock.left}
            onChange={({ target }) => set({ left: target.value })}
          />
          <Field
            label="Low from"
            hint="With so few left it is told as low."
            {...counts}
            value={stock.low}
            onChange={({ target }) => set({ low: target.value })}
          />
        </>
      )}
    </>
  );
}

export function stockInWords({ staff }: ItemView): string {
  if (staff?.stockMode === 'out') return 'none';
  if (staff?.stockMode === 'count') return `${staff.stockLeft} left`;
  return 'not counted';
}
