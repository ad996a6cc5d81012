import type { ComponentProps } from 'react';
import { Link } from 'wouter';

type Kind = 'main' | 'plain' | 'quiet' | 'danger';

interface ButtonProps extends ComponentProps<'button'> {
  kind?: Kind;
  /** What it began is under way: it looks so, and does nothing more. */
  busy?: boolean;
}

export function Button({ kind = 'plain', busy = false, className = '', ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={`button is-${kind} ${className}`}
      aria-disabled={busy || rest['aria-disabled']}
      aria-busy={busy}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else rest.onClick?.(event);
      }}
    />
  );
}

/** Looks like a button, and goes to another page. */
export function ButtonLink({ to, kind = 'plain', children }: LinkProps) {
  return (
    <Link href={to} className={`button is-${kind}`}>
      {children}
    </Link>
  );
}

interface LinkProps {
  to: string;
  kind?: Kind;
  children: ComponentProps<'a'>['children'];
}
