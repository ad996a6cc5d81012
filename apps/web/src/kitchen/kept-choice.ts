import { useState } from 'react';

/** Something that was chosen on this screen, and is so again after it was loaded anew. */
export function useKeptChoice(name: string, otherwise: string): [string, (value: string) => void] {
  const key = `comanda.kitchen.${name}`;
  const [value, setValue] = useState(() => localStorage.getItem(key) ?? otherwise);
  const keep = (next: string) => {
    localStorage.setItem(key, next);
    setValue(next);
  };
  return [value, keep];
}
