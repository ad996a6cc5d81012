import { useState } from 'react';
import { newId } from './new-id.ts';

/**
 * Keys for a call that must not happen twice. As long as the same is asked, because nobody knows
 * whether it was heard, the key stays the same; another wish, and the one after the answer, has its own.
 */
class Keys {
  #asked = '';
  #key = '';

  keyed<Asked extends object>(asked: Asked): Asked & { idempotencyKey: string } {
    const text = JSON.stringify(asked);
    if (text !== this.#asked) this.#key = newId();
    this.#asked = text;
    return { ...asked, idempotencyKey: this.#key };
  }

  answered(): void {
    this.#asked = '';
  }
}

export function useKeys(): Keys {
  const [keys] = useState(() => new Keys());
  return keys;
}
