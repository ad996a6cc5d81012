import { Toast } from '@base-ui/react/toast';
import type { ReactNode } from 'react';

/** Says something in a corner of the page for a while; screen readers say it aloud. */
export function useSay(): (sentence: string, kind?: 'good' | 'bad') => void {
  const { add } = Toast.useToastManager();
  return (sentence, kind = 'good') => {
    add({
      title: sentence,
      type: kind,
      priority: kind === 'bad' ? 'high' : 'low',
      timeout: kind === 'bad' ? 8_000 : 4_000,
    });
  };
}

/** Around everything that says something. */
export function Toasts({ children }: { children: ReactNode }) {
  return (
    <Toast.Provider limit={3}>
      {children}
      <Toast.Portal>
        <Toast.Viewport className="toasts">
          <Said />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function Said() {
  const { toasts } = Toast.useToastManager();
  return toasts.map((toast) => (
    <Toast.Root key={toast.id} toast={toast} className={`toast is-${toast.type ?? 'good'}`}>
      <Toast.Title className="toast-words" render={<p />} />
      <Toast.Close className="toast-close" aria-label="Close">
        ×
      </Toast.Close>
    </Toast.Root>
  ));
}
