import { Dialog } from '@base-ui/react/dialog';
import { type ReactNode, useRef, useState } from 'react';
import { Ask } from './ask.tsx';

interface SheetProps {
  open: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode;
  /** Beside the page, for much to read; else in its middle, and on a phone from below. */
  wide?: boolean;
  /** Something is written in it: it asks before what was typed is lost. */
  asks?: boolean;
}

/** Something to do before the page goes on. Escape, a tap beside it and × close it. */
export function Sheet({ open, onClose, title, children, wide, asks = false }: SheetProps) {
  const isTyped = useRef(false);
  const [isAsked, setAsked] = useState(false);
  const close = () => {
    if (asks && isTyped.current) setAsked(true);
    else onClose();
  };
  return (
    <Dialog.Root open={open} onOpenChange={(isOpen) => !isOpen && close()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup
          className={wide ? 'sheet is-wide' : 'sheet'}
          onInput={() => (isTyped.current = true)}
          onSubmit={() => (isTyped.current = false)}
        >
          <header className="sheet-head">
            <Dialog.Title className="sheet-title">{title}</Dialog.Title>
            <Dialog.Close className="button is-quiet sheet-close" aria-label="Close">
              ×
            </Dialog.Close>
          </header>
          <div className="sheet-body">{children}</div>
          <Ask
            open={isAsked}
            onClose={() => setAsked(false)}
            title="Leave without saving?"
            yes="Leave"
            onYes={onClose}
          >
            <p>What you have typed here is not saved yet.</p>
          </Ask>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
