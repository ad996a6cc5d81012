import { type ReactNode, useEffect, useRef } from 'react';

interface PageProps {
  title: string;
  /** Beside the title: what can be done here. */
  actions?: ReactNode;
  children: ReactNode;
  wide?: boolean;
}

/** One page: its title is that of the window, and gets the focus when somebody comes here. */
export function Page({ title, actions, children, wide = false }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Comanda`;
  }, [title]);
  useEffect(() => {
    // Not on the first page: whoever just opened the window begins at its top.
    if (document.body.dataset['arrived'] === 'yes') heading.current?.focus();
    document.body.dataset['arrived'] = 'yes';
  }, []);
  return (
    <main id="main" className={wide ? 'page is-wide' : 'page'}>
      <header className="page-head">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {actions !== undefined && <div className="page-actions">{actions}</div>}
      </header>
      {children}
    </main>
  );
}
