import { type ReactNode, useEffect, useRef } from 'react';
import { Button } from '../../parts/button.tsx';

interface FormCardProps {
  title: string;
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** A few fields below the button that asked for them; the first one has the focus. */
export function FormCard({ title, onSubmit, onClose, children }: FormCardProps) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('input, select')?.focus();
  }, []);
  return (
    <form
      ref={form}
      className="form card"
      aria-label={title}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      <h3>{title}</h3>
      {children}
      <Button kind="quiet" onClick={onClose}>
        Not now
      </Button>
    </form>
  );
}
