import type { ItemView } from '@comanda/client';
import { useState } from 'react';
import { Notice } from '../../parts/notice.tsx';
import { Sheet } from '../../parts/sheet.tsx';
import { ItemForm } from './item-form.tsx';
import { ItemPhoto } from './item-photo.tsx';

interface ItemSheetProps {
  /** Left out: a new one. */
  item?: ItemView;
  currency: string;
  onClose: () => void;
}

/** An item with everything that can be said about it. */
export function ItemSheet({ item, currency, onClose }: ItemSheetProps) {
  // As the form knows it: what somebody else changes meanwhile is told when it is saved.
  const [known, setKnown] = useState(item);
  const isJustMade = item === undefined && known !== undefined;
  return (
    <Sheet open onClose={onClose} title={known?.name ?? 'New item'} wide asks>
      {isJustMade && (
        <Notice kind="good">{known.name} is on the menu. Give it a photo, or close this.</Notice>
      )}
      {known && <ItemPhoto item={known} onChange={setKnown} />}
      <ItemForm
        key={known?.id ?? 'new'}
        item={known}
        currency={currency}
        onSaved={(saved) => {
          if (known === undefined) setKnown(saved);
          else onClose();
        }}
      />
    </Sheet>
  );
}
