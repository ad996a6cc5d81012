import { useState } from 'react';
import { inTab } from './kept.ts';
import { newId } from './new-id.ts';

/**
 * Keys for a call that must not happen twice. As long as the same is asked, because nobody knows
 * whether it was heard, the key stays the same; another wish, and the one after the answer, has its own.
 */
class Keys {
  readonly #keptAs: string | undefined;
  #last = { asked: '', key: '' };

  constructor(keptAs?: string) {
    this.#keptAs = keptAs;
    const text = keptAs === undefined ? null : inTab.get(keptAs);
    if (text !== null) this.#last = JSON.parse(text) as { asked: string; key: string };
  }

  keyed<Asked extends object>(asked: Asked): Asked & { idempotencyKey: string } {
    const text = JSON.stringify(asked);
    if (text !== this.#last.asked) this.#keep({ asked: text, key: newId() });
    return { ...asked, idempotencyKey: this.#last.key };
  }

  answered(): void {
    this.#keep({ asked: '', key: '' });
  }

  #keep(last: { asked: string; key: string }): void {
    this.#last = last;
    if (this.#keptAs !== undefined) inTab.set(this.#keptAs, JSON.stringify(last));
  }
}

/** With a name they outlive a reload of the page, as what is asked has to. */
export function useKeys(keptAs?: string): Keys {
  const [keys] = useState(() => new Keys(keptAs));
  return keys;
}
