import { failureInJson, failureInWords, inJson, inWords } from './telling.ts';

/** Where answers and failures are written. */
export class Terminal {
  readonly #json: boolean;

  constructor({ json }: { json: boolean }) {
    this.#json = json;
  }

  say(text: string): void {
    process.stdout.write(`${text}\n`);
  }

  /** For people in words, for programs as it is. */
  tell(answer: unknown, words = () => inWords(answer)): void {
    this.say(this.#json ? inJson(answer) : words());
  }

  /** One line for each, so that a program can read them as they come. */
  tellNext(event: unknown): void {
    this.say(this.#json ? JSON.stringify(event) : inWords(event));
  }

  complain(error: unknown): void {
    process.stderr.write(`${this.#json ? failureInJson(error) : failureInWords(error)}\n`);
  }
}
