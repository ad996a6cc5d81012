/** Finds once what is asked for in one turn of the event loop: after all have asked, so that it is true for each. */
export class InOneTurn<Answer> {
  readonly #asked = new Map<string, Promise<Answer>>();

  /** Whoever asks first under a key says how it is found. */
  ask(key: string, find: () => Promise<Answer>): Promise<Answer> {
    const asked = this.#asked.get(key);
    if (asked) return asked;
    const asking = this.#endOfTurn(key).then(find);
    this.#asked.set(key, asking);
    return asking;
  }

  #endOfTurn(key: string): Promise<void> {
    return new Promise((resolve) => {
      setImmediate(() => {
        this.#asked.delete(key);
        resolve();
      });
    });
  }
}
