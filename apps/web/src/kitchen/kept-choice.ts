import { useState } from 'react';
import { inBrowser } from '../house/kept.ts';

/** Something that was chosen on this screen, and is so again after it was loaded anew. */
export function useKeptChoice(name: string, otherwise: string): [string, (value: string) => void] {
  const key = `comanda.kitchen.${name}`;
  const [value, setValue] = useState(() => inBrowser.get(key) ?? otherwise);
  const keep = (next: string) => {
    inBrowser.set(key, next);
    setValue(next);
  };
  return [value, keep];
}
