import { AlertDialog } from '@base-ui/react/alert-dialog';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';

interface AskProps {
  open: boolean;
  onClose: () => void;
  title: string;
  children?: ReactNode;
  /** The word on the button that does it. */
  yes: string;
  onYes: () => void;
  busy?: boolean;
}

/** Asks before something that cannot be taken back. */
export function Ask({ open, onClose, title, children, yes, onYes, busy = false }: AskProps) {
  return (
    <AlertDialog.Root open={open} onOpenChange={(isOpen) => !isOpen && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="backdrop" />
        <AlertDialog.Popup className="sheet is-small">
          <AlertDialog.Title className="sheet-title">{title}</AlertDialog.Title>
          <div className="sheet-body">{children}</div>
          <div className="sheet-foot">
            <AlertDialog.Close className="button is-plain">No</AlertDialog.Close>
            <Button kind="danger" busy={busy} onClick={onYes}>
              {yes}
            </Button>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
