/** In one question; a database takes no more parameters than it takes. */
const MOST = 512;

interface Asking<Answer> {
  keys: string[];
  answers: Promise<Map<string, Answer>>;
}

/** Asks for one after the other what is asked for one by one, and at once what is asked for at once. */
export class Together<Answer> {
  readonly #find: (keys: readonly string[]) => Promise<Map<string, Answer>>;
  #next: Asking<Answer> | undefined;

  constructor(find: (keys: readonly string[]) => Promise<Map<string, Answer>>) {
    this.#find = find;
  }

  async ask(key: string): Promise<Answer | undefined> {
    const asking = (this.#next ??= this.#begin());
    asking.keys.push(key);
    if (asking.keys.length >= MOST) this.#next = undefined;
    return (await asking.answers).get(key);
  }

  /** What else is asked before anybody waits goes along. */
  #begin(): Asking<Answer> {
    const keys: string[] = [];
    const answers = Promise.resolve().then(() => {
      if (this.#next?.keys === keys) this.#next = undefined;
      return this.#find(keys);
    });
    return { keys, answers };
  }
}
