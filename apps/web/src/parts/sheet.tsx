import { Dialog } from '@base-ui/react/dialog';
import type { ReactNode } from 'react';

interface SheetProps {
  open: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode;
  /** Beside the page, for much to read; else in its middle, and on a phone from below. */
  wide?: boolean;
}

/** Something to do before the page goes on. Escape, a tap beside it and × close it. */
export function Sheet({ open, onClose, title, children, wide = false }: SheetProps) {
  return (
    <Dialog.Root open={open} onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className={wide ? 'sheet is-wide' : 'sheet'}>
          <header className="sheet-head">
            <Dialog.Title className="sheet-title">{title}</Dialog.Title>
            <Dialog.Close className="button is-quiet sheet-close" aria-label="Close">
              ×
            </Dialog.Close>
          </header>
          <div className="sheet-body">{children}</div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
