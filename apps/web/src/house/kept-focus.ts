import { type RefObject, useEffect, useRef } from 'react';

/**
 * For a part whose buttons come and go: where the one that was pressed is gone, the part itself has
 * the focus, and whoever uses keys goes on from there.
 */
export function useKeptFocus<Part extends HTMLElement>(): RefObject<Part | null> {
  const part = useRef<Part>(null);
  const wasInside = useRef(false);
  // After every change of the part, whatever it was.
  useEffect(() => {
    const isLost = document.activeElement === document.body;
    if (wasInside.current && isLost) part.current?.focus();
    wasInside.current = part.current?.contains(document.activeElement) ?? false;
  });
  return part;
}
